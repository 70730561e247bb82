import { expect, test } from "vitest";
import { applyEdits, overlap } from "./edits.ts";

test("makes edits in whatever order they come", () => {
  const edits = [
    { start: 6, end: 11, text: "policy" },
    { start: 0, end: 5, text: "good" },
  ];
  expect(applyEdits("hello world!", edits)).toBe("good policy!");
});

test("edits overlap where they touch the same characters, or begin at one place", () => {
  const edit = (start: number, end: number) => ({ start, end, text: "" });
  expect(overlap(edit(0, 5), edit(4, 6))).toBe(true);
  expect(overlap(edit(3, 3), edit(3, 3))).toBe(true);
  expect(overlap(edit(0, 5), edit(5, 6))).toBe(false);
});
