import type { Value } from "@scruple/model";
import { expect, test } from "vitest";
import { chainCombinations, type Link } from "./chain.ts";
import { classOf, type Domain, domainOf } from "./domain.ts";

const numbers = (...cuts: number[]): Domain =>
  domainOf({ kind: "int", min: 0, max: 4 }, { cuts: new Set(cuts), mentioned: new Set(cuts), names: new Set() });
const texts = domainOf({ kind: "text" }, { cuts: new Set(), mentioned: new Set(), names: new Set(["Rome"]) });

function relation(one: Value | undefined, other: Value | undefined, isLine: boolean) {
  if (one === undefined || other === undefined) return null;
  return one === other ? "=" : isLine ? (one < other ? "<" : ">") : "!=";
}

/** Every way to give values to the facts, those left open included. */
function everyMoment(
  count: number,
  values: readonly (Value | undefined)[],
): readonly (readonly (Value | undefined)[])[] {
  if (count === 0) return [[]];
  return everyMoment(count - 1, values).flatMap((row) => values.map((value) => [...row, value]));
}

const line: readonly Link[] = [[0, 1], [1, 2]]; // biome-ignore format: as short as it is
const circle: readonly Link[] = [...line, [0, 2]];

test.each([
  ["three numbers, one of them compared with two", [numbers(2), numbers(1, 3), numbers()], line],
  ["three numbers, each compared with each", [numbers(2), numbers(1, 3), numbers(4)], circle],
  ["three texts, each compared with each", [texts, texts, texts], circle],
])("combinations of %s are those that some values make true, each by its example", (_, domains, links) => {
  const isLine = domains[0]!.kind === "line";
  const keyOf = (values: readonly (Value | undefined)[]) =>
    JSON.stringify([
      values.map((value, i) => (value === undefined ? null : classOf(domains[i]!, value))),
      links.map(([i, j]) => relation(values[i], values[j], isLine)),
    ]);
  const combinations = chainCombinations(domains, links);
  const keys = combinations.map(({ classes, relations }) => JSON.stringify([classes, relations]));
  const values = isLine ? [undefined, 0, 1, 2, 3, 4] : [undefined, "Rome", "Oslo", "Bonn", "Kyiv"];
  expect(new Set(keys)).toEqual(new Set(everyMoment(3, values).map(keyOf)));
  expect(keys).toHaveLength(new Set(keys).size);
  expect(combinations.map((one) => keyOf(one.values))).toEqual(keys);
});
