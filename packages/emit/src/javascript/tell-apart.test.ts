import { expect, test } from "vitest";
import { tellApart } from "./tell-apart.ts";

test("names of different lengths need no further look", () => {
  expect(tellApart(["a", "bb", "ccc"])).toEqual([]);
  expect(tellApart([])).toEqual([]);
});

test("the most telling character comes first", () => {
  // Of a length; the third character from the end parts them in four, the last in two.
  expect(tellApart(["a_1", "b_1", "c_1", "d_1", "a_2", "b_2", "c_2", "d_2"])).toEqual([3, 1]);
});

test("where names are alike in all that may be looked at, the search ends", () => {
  const names = Array.from({ length: 100 }, (_, i) => `${String(i).padStart(3, "0")}${"x".repeat(60)}`);
  expect(tellApart(names)).toEqual([]);
  expect(tellApart(["same", "same"])).toEqual([]);
});
