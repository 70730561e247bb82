import { expect, test } from "vitest";
import { codeFrame } from "./code-frame.ts";
import type { Paint } from "./paint.ts";

const plain: Paint = (_style, text) => text;

/** The frame of one mark, `column` to `until` on a line. */
function frame(text: string, line: number, column: number, until: number, endLine = line): string[] {
  const range = { start: { line, column }, end: { line: endLine, column: until } };
  return codeFrame(text.split("\n"), [{ range, label: "", mark: "^" }], plain, plain);
}

test("marks what it is about", () => {
  expect(frame("one\ntwo three", 2, 5, 10)).toEqual([
    "  2 │ two three", //
    "    │     ^^^^^",
  ]);
});

test("marks a place where something is missing", () => {
  expect(frame("use", 1, 4, 4)[1]).toBe("    │    ^");
});

test("marks the first line of several, and says where they end", () => {
  expect(frame("a {\n\n}", 1, 3, 2, 3)).toEqual([
    "  1 │ a {", //
    "    │   ^ … to line 3",
  ]);
});

test("stands below letters of any width", () => {
  expect(frame("「漢字」 x", 1, 6, 7)[1]).toBe("    │          ^");
  expect(frame("👨‍👩‍👧 x", 1, 10, 11)[1]).toBe("    │    ^");
});

test("shows a part of a line that is thousands of letters long", () => {
  const [shown, marks] = frame(`${"a".repeat(5000)} here ${"b".repeat(5000)}`, 1, 5002, 5006);
  expect(shown).toMatch(/^ {2}1 │ …a+ here b+…$/);
  expect(shown!.length).toBeLessThan(200);
  expect(shown!.indexOf("here")).toBe(marks!.indexOf("^^^^"));
});

test("shows no control character as it is", () => {
  expect(frame("a\u001b[2Jb\u202ec", 1, 1, 2)[0]).toBe("  1 │ a␛[2Jb\ufffdc");
});
