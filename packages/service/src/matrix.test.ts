import type { Operation } from "@scruple/model";
import { expect, it } from "vitest";
import { decisionMatrix } from "./matrix.ts";
import { explainRequest } from "./test-runs/explain.ts";
import { at, shop } from "./testing/at.ts";

const source = `${shop}
interaction letter started by customer {
  purposes customer_care
  channels email, sms
  sizes: allow use orders.size under contract
  mail: allow use orders.email on email when adult
}
`.replace("keep at most 1 year", "");

function matrix(by: "channel" | "purpose", operation: Operation = "use", text = source) {
  const { snapshot, offset } = at(text);
  const found = decisionMatrix(snapshot, offset, { by, operation })!;
  return found.rows.map(({ name, cells }) => [
    name,
    ...found.columns.map((column, place) => `${column.name} ${cells[place]!.verdict}`),
  ]);
}

it("says for each field how it may be handled on each channel", () => {
  expect(matrix("channel")).toEqual([
    ["orders.size", "email allowed", "sms allowed"],
    ["orders.email", "email conditional", "sms denied"],
  ]);
});

it("says it for each purpose, and for those within, as well", () => {
  expect(matrix("purpose")[1]).toEqual([
    ...["orders.email", "complaint_handling conditional", "customer_care conditional", "feedback conditional"],
  ]);
});

it("has a request for each, that can be explained", () => {
  const { snapshot, offset } = at(source);
  const { rows } = decisionMatrix(snapshot, offset)!;
  const text = explainRequest(snapshot.program.model("shop")!, rows[1]!.cells[0]!.request);
  expect(text).toContain("It comes to **deny**");
  expect(text).toContain("`letter.mail` would allow it");
});

it("asks for a purpose that the interaction names, where that is allowed as well", () => {
  const { snapshot, offset } = at(source);
  const { rows } = decisionMatrix(snapshot, offset)!;
  const asked = rows.flatMap(({ cells }) => cells.map(({ request }) => (request as { purpose: string }).purpose));
  expect(new Set(asked)).toEqual(new Set(["std.purposes.customer_care"]));
});

it("is there only where the policy has no errors", () => {
  const { snapshot, offset } = at(source.replace("orders.size", "orders.siz"));
  expect(decisionMatrix(snapshot, offset)).toBeNull();
});

const combining = `${source.trimEnd().replace(/\}$/, "")}
  join: allow combine orders.size with orders.email on email under contract
}`;

it("says for each pair that an allow selects how it may be combined", () => {
  expect(matrix("channel", "combine", combining)).toEqual([
    ["orders.size with orders.email", "email allowed", "sms denied"],
  ]);
  expect(matrix("channel", "combine")).toEqual([]);
  const { snapshot, offset } = at(combining);
  const { rows } = decisionMatrix(snapshot, offset, { operation: "combine" })!;
  const [allowed, denied] = rows[0]!.cells.map(({ request }) =>
    explainRequest(snapshot.program.model("shop")!, request),
  );
  expect(allowed).toContain("It comes to **allow**");
  expect(denied).toContain("since no rule that speaks of it applies");
});

it("says where there are more pairs than it shows", () => {
  const of = (count: number) => {
    const fields = Array.from({ length: count }, (_, field) => `  f${field} : preference`).join("\n");
    const { snapshot, offset } = at(
      `${combining.replace("orders.size with orders.email", "any with any")}\nsource many public {\n${fields}\n}`,
    );
    const { rows, more } = decisionMatrix(snapshot, offset, { operation: "combine" })!;
    return [rows.length, more];
  };
  expect(of(20)).toEqual([(22 * 23) / 2, false]);
  expect(of(100)).toEqual([1000, true]);
});

it("asks for the precision that it speaks of", () => {
  const places = `${source}
category place precision exact, town
source visits provided collected for customer_care { spot : place }
interaction visit started by customer {
  purposes customer_care
  channels email
  town: allow use visits.spot at town under contract$0
}`;
  const { snapshot, offset } = at(places);
  const [cell] = decisionMatrix(snapshot, offset)!.rows.find(({ name }) => name === "visits.spot")!.cells;
  expect(cell!.verdict).toBe("conditional");
  expect(explainRequest(snapshot.program.model("shop")!, cell!.request)).toContain("It comes to **allow**");
});

it("gives things that are called the same in two policies their whole names", () => {
  const two = `//- l.scruple
policy \`l-1\`.l
use std.categories
use std.recipients
channel mail reaches customer
channel desk reaches customer
purpose care
source s provided { f : preference g : preference }
//- b.scruple
policy b.top
use std.categories
use std.recipients
use \`l-1\`.l
channel mail reaches customer
source s provided collected for care { f : preference }
interaction i started by customer {
  purposes care
  channels mail, \`l-1\`.l.mail, desk
  r: allow use s.f, \`l-1\`.l.s under contract$0
}`
    .replace("f g : preference", "f : std.categories.preference g : std.categories.preference")
    .replace("use std.recipients", "use std.recipients\nuse std.categories");
  expect(matrix("channel", "use", two)).toEqual([
    ["b.top.s.f", "b.top.mail allowed", "desk allowed", "`l-1`.l.mail allowed"],
    ["`l-1`.l.s.f", "b.top.mail allowed", "desk allowed", "`l-1`.l.mail allowed"],
    ["s.g", "b.top.mail allowed", "desk allowed", "`l-1`.l.mail allowed"],
  ]);
});
