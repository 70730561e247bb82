import { expect, test } from "vitest";
import { covered, hierarchy, overlapping, within } from "./hierarchy.ts";

// marketing ── mail ──┐
//      │              ├── newsletter
//      └─── service ──┘      care
const purposes = hierarchy([
  { id: "newsletter", within: ["mail", "service"] },
  { id: "mail", within: ["marketing"] },
  { id: "service", within: ["marketing"] },
  { id: "marketing", within: [] },
  { id: "care", within: [] },
]);
const names = (set: ReadonlySet<string>) => [...set].sort();

test("narrow: a name is covered by itself, or when all of its parents are", () => {
  expect(names(covered(purposes, ["mail"]))).toEqual(["mail"]);
  expect(names(covered(purposes, ["mail", "service"]))).toEqual(["mail", "newsletter", "service"]);
  expect(names(covered(purposes, ["marketing"]))).toEqual(["mail", "marketing", "newsletter", "service"]);
});

test("wide: a name overlaps what it is within and what is within it, but no sibling with a common descendant", () => {
  expect(names(overlapping(purposes, ["mail"]))).toEqual(["mail", "marketing", "newsletter"]);
  expect(names(within(purposes, ["mail"]))).toEqual(["mail", "newsletter"]);
});

test("depth costs no stack", () => {
  const chain = hierarchy(
    Array.from({ length: 200_000 }, (_, i) => ({ id: `c${i}`, within: i === 0 ? [] : [`c${i - 1}`] })),
  );
  expect(covered(chain, ["c0"]).size).toBe(200_000);
  expect(overlapping(chain, ["c199999"]).size).toBe(200_000);
});

test("circles and undeclared parents are refused", () => {
  expect(() =>
    hierarchy([
      { id: "a", within: "b" },
      { id: "b", within: "a" },
    ]),
  ).toThrow("circle");
  expect(() => hierarchy([{ id: "a", within: "b" }])).toThrow("undeclared");
});
