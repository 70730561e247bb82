import { compile } from "@scruple/compiler";
import { evaluator, type Model, type Request, readRequest } from "@scruple/model";
import { expect, test } from "vitest";
import { regionHolds } from "../testing/region-holds.ts";
import { regionsOf } from "./cell-regions.ts";
import { diff } from "./diff.ts";
import { joinModels } from "./join-models.ts";
import { staticSpace } from "./static-cells.ts";

function model(condition: string, type = "int 0..3"): Model {
  const text = `policy shop
purpose care
recipient customer
channel email reaches customer
category behaviour
source orders provided { purchases : behaviour }
subject { low : ${type} mid : ${type} high : ${type} }
interaction offer started by company {
  purposes care
  channels email
  deals: allow use behaviour under contract when ${condition}
}
`;
  const { diagnostics, ...program } = compile([{ path: "a.scruple", text }]);
  const made = program.model("shop");
  if (made === null) throw new Error(JSON.stringify([...diagnostics]));
  return made;
}

/** Each attribute at each of its values, or unknown. */
function everySubject(values: readonly unknown[]): readonly Readonly<Record<string, unknown>>[] {
  return values.flatMap((low) =>
    values.flatMap((mid) => values.map((high) => JSON.parse(JSON.stringify({ low, mid, high })))),
  );
}
const numbers = [undefined, 0, 1, 2, 3];

test.each([
  ["subject.low < subject.mid", "subject.high < subject.mid", "int 0..3", numbers],
  [
    "subject.low <= subject.mid and subject.mid <= 2",
    "subject.low != subject.high or subject.high = 1",
    "int 0..3",
    numbers,
  ],
  ["subject.low = subject.mid", "subject.mid = subject.high", "text", [undefined, "a", "b", "c"]],
])("%s, and then %s: a difference is there where the two evaluators say", (one, other, type, values) => {
  const [base, head] = [model(one, type), model(other, type)];
  const [before, after] = [evaluator(base), evaluator(head)];
  const difference = diff(base, head);
  expect(difference.notes).toEqual([]);
  const joined = joinModels(base, head);
  const regions = [...regionsOf(joined, staticSpace(joined.worlds))];
  const act = { interaction: "offer", operation: "use", data: "orders.purchases", purpose: "care", channel: "email" };
  for (const subject of everySubject(values)) {
    const raw = { ...act, subject };
    const request = readRequest(joined.facts, raw) as Request;
    const found = regions.filter((region) => regionHolds(region, joined.facts, request, request.pieces[0]!));
    const [from, to] = [before.decide(raw).decision, after.decide(raw).decision];
    const expected = from === to ? [] : [to === "allow" ? "widened" : "narrowed"];
    expect([...new Set(found.map(({ kind }) => kind))], JSON.stringify(subject)).toEqual(expected);
  }
  expect([difference.widened.length, difference.narrowed.length].every((count) => count > 0)).toBe(true);
  for (const kind of ["widened", "narrowed"] as const) {
    for (const { request, from, to } of difference[kind]) {
      expect([before.decide(request).decision, after.decide(request).decision]).toEqual([from, to]);
    }
  }
});
