import type { Type } from "@scruple/model";
import { expect, test } from "vitest";
import { domainOf } from "./domain.ts";
import { combinations, examplePair, mostCombinations } from "./pair.ts";

function shown(type: Type, cuts: readonly [readonly number[], readonly number[]], names: readonly string[] = []) {
  const domain = (of: readonly number[]) =>
    domainOf(type, { cuts: new Set(of), mentioned: new Set(), names: new Set(names) });
  const [left, right] = [domain(cuts[0]), domain(cuts[1])];
  const all = [...combinations(left, right)];
  expect(all.length).toBeLessThanOrEqual(mostCombinations(left, right));
  return all.map((one) => {
    const [a, b] = examplePair(left, right, one);
    return `${a ?? "?"} ${one.relation ?? ","} ${b ?? "?"}`;
  });
}

test("two numbers: every class of one with every class of the other, in every order that is feasible", () => {
  expect(shown({ kind: "int", min: 0, max: 9 }, [[5], []])).toEqual([
    ...["? , ?", "? , 0", "4 , ?", "5 , ?"],
    ...["1 > 0", "4 = 4", "4 < 5"],
    ...["5 > 0", "5 = 5", "5 < 6"],
  ]);
});

test("a class of one value is greater or less than itself in no combination", () => {
  expect(shown({ kind: "int", min: 0, max: 1 }, [[1], [1]]).slice(5)).toEqual(["0 = 0", "0 < 1", "1 > 0", "1 = 1"]);
});

test("two texts that nobody mentions may be the same or not", () => {
  expect(shown({ kind: "text" }, [[], []], ["Oslo"]).slice(5)).toEqual([
    ...["Oslo = Oslo", "Oslo != another"],
    ...["another != Oslo", "another = another", "another != another one"],
  ]);
});
