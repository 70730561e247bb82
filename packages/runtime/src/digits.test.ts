import { expect, test } from "vitest";
import { expandRuns, readDigits } from "./digits.ts";

test("small numbers take a character each", () => {
  expect(readDigits("#$%")).toEqual([0, 1, 2]);
});

test("larger ones begin with characters of their own", () => {
  expect(readDigits("k#$")).toEqual([70, 1]);
});

test("there is no backslash: the character after `[` stands for the next number", () => {
  expect(readDigits("[]")).toEqual([56, 57]);
});

test("runs expand, and the last goes on", () => {
  expect([...expandRuns([2, 7, 1, 0, 1, 9], 6)]).toEqual([7, 7, 0, 9, 9, 9]);
  expect([...expandRuns([], 2)]).toEqual([0, 0]);
  expect([...expandRuns([1, 70_000], 1)]).toEqual([70_000]);
});
