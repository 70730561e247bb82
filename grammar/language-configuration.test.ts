import { readFileSync } from "node:fs";
import { parse } from "@scruple/syntax";
import { readCorpus } from "@scruple/testkit";
import { describe, expect, test } from "vitest";

interface Configuration {
  readonly wordPattern: string;
  readonly indentationRules: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
  readonly onEnterRules: readonly {
    readonly beforeText: string;
    readonly afterText?: string;
    readonly action: { readonly indent: string; readonly appendText?: string };
  }[];
}
const configuration: Configuration = JSON.parse(readFileSync("grammar/language-configuration.json", "utf8"));

describe("a word", () => {
  const word = new RegExp(configuration.wordPattern, "g");

  test("is a name, with its backticks if it has some, or a keyword, a number, a time, a date", () => {
    const text = "deny use bookings.`café-drink` after 2 per week until 2026-11-21 in 22:00..06:00";
    expect(text.match(word)).toEqual(
      [
        "deny",
        "use",
        "bookings",
        "`café-drink`",
        "after",
        "2",
        "per",
        "week",
        "until",
        "2026-11-21",
        "in",
        "22:00",
      ].concat("06:00"),
    );
  });

  test.each(readCorpus().good.flatMap(({ files }) => files))(
    "in $path is what the parser takes for one",
    ({ text }) => {
      const found = new Set([...text.matchAll(word)].map(({ index, 0: image }) => `${index} ${image}`));
      const names = parse(text).tokens.filter(({ type }) => type === "name" || type === "keyword");
      const missed = names
        .map(({ start, end }) => `${start} ${text.slice(start, end)}`)
        .filter((name) => !found.has(name) && !name.includes("#"));
      expect(missed).toEqual([]);
    },
  );
});

describe("a new line", () => {
  /** What the line after this one begins with, in an editor that keeps to the configuration. */
  function next(line: string, after = ""): string {
    const { indentationRules, onEnterRules } = configuration;
    const indent = /^\s*/.exec(line)?.[0] ?? "";
    const rule = onEnterRules.find(
      ({ beforeText, afterText }) =>
        new RegExp(beforeText).test(line) && (afterText === undefined || new RegExp(afterText).test(after)),
    );
    const deeper = rule === undefined ? new RegExp(indentationRules.increaseIndentPattern).test(line) : undefined;
    return indent + (deeper || rule?.action.indent === "indent" ? "  " : "") + (rule?.action.appendText ?? "");
  }

  test.each([
    ["interaction visit {", "  "],
    ["  keep at most 3 years {", "    "],
    ['promise "a { in words" {', "  "],
    ["subject { // who it is about", "  "],
    ["source bookings provided", "  "],
    ["source score derived from bookings", "  "],
    ["  seat: allow disclose bookings.seat", "    "],
    ["private: deny use special", "  "],
    ["  `no-faces`: deny collect image_search", "    "],
  ])("after %j goes deeper", (line, indent) => {
    expect(next(line)).toBe(indent);
  });

  test.each([
    "source image_search public { photo : image }",
    "// what is not in braces {",
    '  told "{"',
    "    under contract",
    "purpose care within service",
    "  allow : preference",
  ])("after %j stays", (line) => {
    expect(next(line)).toBe(/^\s*/.exec(line)?.[0]);
  });

  test("continues documentation, unless it is empty", () => {
    expect(next("  /// Crew greet a passenger.")).toBe("  /// ");
    expect(next("  ///")).toBe("  ");
    expect(next("  //// a rule of slashes")).toBe("  ");
  });

  test.each(["}", "  }", "{"])("that begins with %j goes back", (line) => {
    expect(line).toMatch(new RegExp(configuration.indentationRules.decreaseIndentPattern));
  });
});
