import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineIndex } from "./index.ts";

describe("lines and columns", () => {
  it("count from 1, whatever ends a line", () => {
    const lines = new LineIndex("ab\ncd\r\nef\rgh");
    expect([0, 2, 3, 6, 7, 10].map((offset) => lines.position(offset))).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 3 },
      { line: 2, column: 1 },
      { line: 2, column: 4 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
    ]);
    expect(lines.lineCount).toBe(4);
  });

  it("stay within the text", () => {
    const lines = new LineIndex("ab\ncd");
    expect(lines.position(99)).toEqual({ line: 2, column: 3 });
    expect(lines.position(-1)).toEqual({ line: 1, column: 1 });
    expect(lines.offset(9, 9)).toBe(5);
    expect(lines.offset(1, 99)).toBe(3);
    expect(lines.offset(0, 0)).toBe(0);
  });

  it("lead back to their offset", () => {
    const text = fc
      .array(fc.constantFrom("a", "\n", "\r", "\r\n", "é", "😀"), { maxLength: 30 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, (written) => {
        const lines = new LineIndex(written);
        for (let offset = 0; offset <= written.length; offset += 1) {
          const { line, column } = lines.position(offset);
          expect(lines.offset(line, column)).toBe(offset);
        }
      }),
    );
  });
});
