import { compile } from "@scruple/compiler";
import { instantiate } from "@scruple/emit";
import { type Decision, errorDecision, type Model } from "@scruple/model";
import { expect, test } from "vitest";
import { allowed, tiny } from "../fixtures/policies.ts";
import { tellingDecider } from "./telling-decider.ts";

const model = compile([{ path: "a.scruple", text: tiny }]).model("tiny") as Model;
/** Finds an error in whatever is not for help, and has little to say of it. */
const terse = {
  policy: { name: "tiny", hash: "sha256:0" },
  decide: (request: unknown): Decision => {
    const decision = errorDecision("sha256:0", "no");
    return (request as { purpose?: unknown }).purpose === "help" ? { ...decision, errors: [] } : decision;
  },
};

test("suggests the nearest name for each that is not declared", () => {
  const request = {
    ...allowed,
    purpose: "hlep",
    channel: "dsk",
    data: ["notes.note", "note.note"],
    recipent: "person",
  };
  const { errors, ...rest } = tellingDecider(terse, model).decide(request);
  expect(errors).toEqual([
    "`recipent` is no key of a request. Did you mean `recipient`?",
    "There is no channel `dsk`. Did you mean `desk`?",
    "There is no field `note.note`. Did you mean `notes.note`?",
    "There is no purpose `hlep`. Did you mean `help`?",
  ]);
  const { errors: _plain, ...same } = terse.decide(request);
  expect(rest).toEqual(same);
});

test("is the guard where there is no error", () => {
  const guard = instantiate(model);
  expect(tellingDecider(guard, model).decide(allowed)).toEqual(guard.decide(allowed));
  expect(tellingDecider(guard, model).policy).toBe(guard.policy);
});

test("leaves the guard's own words where the model finds nothing wrong", () => {
  const strict = { ...terse, decide: () => terse.decide({}) };
  expect(tellingDecider(strict, model).decide(allowed)).toMatchObject({ decision: "deny", errors: ["no"] });
});
