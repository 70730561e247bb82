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

function matrix(by: "channel" | "purpose") {
  const { snapshot, offset } = at(source);
  const found = decisionMatrix(snapshot, offset, { by })!;
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
