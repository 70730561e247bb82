import { expect, test } from "vitest";
import { digits, runs } from "./digits.ts";

test("numbers are written without separators", () => {
  expect(digits([0, 1, 69])).toBe("#$i");
  expect(digits([56, 57])).toBe("[]");
  expect(digits([70, 1, 70 * 21])).toBe("k#$kj#");
});

test("equal neighbours are one run", () => {
  expect(runs([5, 5, 0])).toEqual([2, 5, 1, 0]);
  expect(runs([])).toEqual([]);
});
