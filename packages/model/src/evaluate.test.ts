import { compile } from "@scruple/compiler";
import { expect, test } from "vitest";
import { evaluator, type Model } from "./index.ts";

const text = `policy shop
category preference
purpose care
recipient guest
channel desk reaches guest
source stays provided { pillow : preference }
interaction visit {
  purposes care
  channels desk
  allow use stays
}
`;

// What decisions say is held by the corpus; this is how they are written.
test("allows, denials and errors have their keys in the order of the wire", () => {
  const { decide } = evaluator(compile([{ path: "shop.scruple", text }]).model("shop") as Model);
  const request = { interaction: "visit", data: "stays.pillow", purpose: "care", channel: "desk" };
  const decisions = ["use", "disclose", "guess"].map((operation) => decide({ ...request, operation }));
  expect(decisions.map(({ decision, errors }) => `${decision} ${errors.length}`)).toEqual([
    "allow 0",
    "deny 0",
    "deny 1",
  ]);
  const keys = "id decision rules because told basis duties limits missing precision retryAfter model errors";
  for (const decision of decisions) expect(Object.keys(decision).join(" ")).toBe(keys);
});
