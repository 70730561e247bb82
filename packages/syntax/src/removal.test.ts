import { describe, expect, it } from "vitest";
import { removal } from "./removal.ts";

/** The text without what stands between `«` and `»`. */
function without(marked: string): string {
  const start = marked.indexOf("«");
  const text = marked.replace(/[«»]/g, "");
  const edit = removal(text, { start, end: marked.indexOf("»") - 1 });
  return text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

describe("what is taken away goes", () => {
  it.each([
    ["with its lines, where nothing else stands on them", "a\n  «b\n  c»\nd", "a\nd"],
    ["with the space before it", "a «b» c", "a c"],
    ["with the space behind it at the beginning of a line", "a\n  «b» c", "a\n  c"],
    ["with the space before it at the end of a line", "a «b»\nc", "a\nc"],
    ["with the empty lines that would be too many", "a\n\n«b»\n\nc", "a\n\nc"],
    ["with those before a brace", "a\r\n\r\n«b»\r\n}", "a\r\n}"],
    ["but never with the end of a comment", "a // one\n  «b» c", "a // one\n  c"],
    ["but not with a comment behind it", "a\n  «b» // one\n  c", "a\n  // one\n  c"],
    ["and joins no words on its line", 'a «"b"»c', "a c"],
  ])("%s", (_, marked, rest) => {
    expect(without(marked)).toBe(rest);
  });
});
