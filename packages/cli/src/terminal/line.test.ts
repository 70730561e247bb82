import { styleText } from "node:util";
import type { Paint } from "@scruple/project/report";
import { expect, test } from "vitest";
import { plain } from "./console.ts";
import { indented, line, showLine, showLines, styled } from "./line.ts";

const coloured: Paint = (style, text) => styleText(style, text, { validateStream: false });
const hostile = "x\n::stop-commands::zzz\u001b[8m";

test("what is put into a line stays in it, and colours none of it", () => {
  expect(showLine(line`a ${styled("red", hostile)} b ${hostile}`, coloured)).toBe(
    "a \u001b[31mx␊::stop-commands::zzz␛[8m\u001b[39m b x␊::stop-commands::zzz␛[8m",
  );
});

test("lines are put into lines", () => {
  const inner = line`[${styled("dim", "c")}]`;
  expect(showLines([line`a ${inner} ${2}`, "b"], plain)).toBe("a [c] 2\nb\n");
});

test.each([[line`${styled("bold", "::error::x")}`], [line`  ${""}::error::x`], ["::error::x"]])(
  "no line is a command to GitHub: %j",
  (given) => {
    expect(showLine(given, plain)).toMatch(/^· +::error::x$|^· ::error::x$/);
  },
);

test("the lines of a text stand below its first", () => {
  expect(indented("a\nb\n    c")).toEqual(["a", "  b", "    c"]);
});
