import { expect, test } from "vitest";
import { applyEdits, fixesTogether } from "./edits.ts";

const edit = (start: number, end: number, text = "") => ({ start, end, text });

test("makes edits in whatever order they come", () => {
  expect(applyEdits("hello world!", [edit(6, 11, "policy"), edit(0, 5, "good")])).toBe("good policy!");
});

test.each([
  ["touches the same characters", edit(4, 6), false],
  ["lies within", edit(1, 2), false],
  ["begins at the same place", edit(0, 0), false],
  ["begins where the other ends", edit(5, 6), true],
])("a fix that %s", (_, other, isTaken) => {
  const fixes = [edit(0, 5), other].map((one, place) => ({ title: `${place}`, edits: [one] }));
  expect(fixesTogether(fixes)).toEqual(isTaken ? fixes : fixes.slice(0, 1));
});

test("a fix is taken whole or not at all, and one that is left out is in nobody's way", () => {
  const first = { title: "first", edits: [edit(0, 2)] };
  const half = { title: "half", edits: [edit(1, 2), edit(8, 9)] };
  const last = { title: "last", edits: [edit(8, 9)] };
  expect(fixesTogether([first, half, { title: "empty", edits: [] }, last])).toEqual([first, last]);
});
