import { grammarProductions, parse } from "@scruple/syntax";
import { readCorpus } from "@scruple/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { terminals } from "../scripts/grammar/outline.mjs";
import { readGrammar } from "../scripts/grammar/read-grammar.mjs";
import { recognize } from "./testing/recognize.ts";

const rules = readGrammar(grammarProductions());

function tokensOf(text: string) {
  return parse(text).tokens.filter(({ type }) => type !== "comment" && type !== "doc");
}

describe("the grammar that is written and drawn", () => {
  const programs = readCorpus().good.flatMap(({ files }) => files.map(({ path, text }) => [path, text] as const));

  test.each(programs)("has %s as a sentence", (_, text) => {
    expect(recognize(rules, text, tokensOf(text))).toBe(true);
  });

  test.each(["policy a category b within", "policy a condition b = c < d < e", "policy a deny use b except { c"])(
    "does not have %j as one",
    (text) => expect(recognize(rules, text, tokensOf(text))).toBe(false),
  );
});

describe.each(Object.entries(terminals))("%s", (name, { text }) => {
  const kinds: Readonly<Record<string, string>> = {
    NAME: "name",
    INTEGER: "int",
    UNIT: "unit",
    TIME: "time",
    DATE: "date",
    STRING: "string",
    COMPARATOR: "operator",
    ORDINAL: "name",
  };
  const regex = toRegex(text);

  test("is one token of its kind, whatever its characters", () => {
    fc.assert(
      fc.property(fc.stringMatching(regex), (image) => {
        const before = name === "UNIT" ? "1 " : "";
        expect(parse(before + image).tokens.slice(name === "UNIT" ? 1 : 0)).toEqual([
          expect.objectContaining({ type: kinds[name], start: before.length, end: before.length + image.length }),
        ]);
      }),
      { numRuns: 100 },
    );
  });
});

/** What is written of a class of tokens, as an expression for the whole of one. */
function toRegex(written: string): RegExp {
  const parts = written.match(/'[^']*'|\[(?:[^\]\\]|\\.)*\]|[()|*+?]|\s+/g) ?? [];
  expect(parts.join("")).toBe(written);
  const source = parts.map((part) => {
    if (part.startsWith("'")) return part.slice(1, -1).replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    if (!part.startsWith("[")) return part.trim();
    return part.replaceAll("\\", "\\\\").replace(/#x([0-9A-F]+)/g, (_, hex: string) => `\\x${hex.padStart(2, "0")}`);
  });
  return new RegExp(`^(?:${source.join("")})$`);
}
