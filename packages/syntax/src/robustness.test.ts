import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { format, parse, stripRanges } from "./index.ts";
import { expectSound } from "./testing/expect-sound.ts";
import { pickFrom, RandomPolicy, spaceOut } from "./testing/random-policy.ts";
import { keywordTypes } from "./token-types.ts";

const onePage = readFileSync(new URL("./fixtures/one-page.scruple", import.meta.url), "utf8");
const words = [
  ...keywordTypes.keys(),
  ...["day", "weeks", "name", "other", "`quoted one`", "`q`", '"text"', '"open', "`open", "'odd'", "3", "-1", "1.5"],
  ...["09:30", "25:99", "2026-01-01", "2026-13-77", "{", "}", "(", ")", ",", ":", "|", "?", "@", "..", ".", "/", "#1"],
  ...[
    "=",
    "!=",
    "<",
    "<=",
    "==",
    "&&",
    "||",
    "!",
    "; ",
    "+",
    "é",
    "\0",
    "\ud800",
    "😀",
    "// c\n",
    "/// d\n",
    "/* c */",
    "/*",
  ],
  ...["\n", "\n\n", "\r\n", "\r", "\t", "\ufeff", "\u00a0", "\u2028"],
];

/** What holds of any text whatever. */
function check(text: string): void {
  const tree = parse(text);
  expectSound(tree);
  const formatted = format(tree);
  if (tree.findings.length > 0) expect(formatted).toBe(text);
  else {
    expect(stripRanges(parse(formatted).file)).toEqual(stripRanges(tree.file));
    expect(format(formatted)).toBe(formatted);
  }
}

describe("any text has a sound tree", () => {
  it("of words in any order", () => {
    const soup = fc.array(fc.constantFrom(...words), { maxLength: 60, size: "max" }).map((found) => found.join(" "));
    fc.assert(fc.property(soup, check), { numRuns: 1000 });
  });

  it("of words without white space", () => {
    const soup = fc.array(fc.constantFrom(...words), { maxLength: 60, size: "max" }).map((found) => found.join(""));
    fc.assert(fc.property(soup, check), { numRuns: 300 });
  });

  it("of any code units", () => {
    const units = fc.array(fc.nat({ max: 0xffff }), { maxLength: 60 }).map((codes) => String.fromCharCode(...codes));
    const letters = fc.string({ unit: "binary-ascii", maxLength: 120 });
    fc.assert(fc.property(fc.oneof(units, letters), check), { numRuns: 300 });
  });

  it("of the one-page example after any cuts, moves and insertions", () => {
    const edit = fc.record({
      at: fc.nat({ max: onePage.length }),
      length: fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 200 })),
      put: fc.oneof(fc.constant(""), fc.constantFrom(...words)),
    });
    const mutated = fc.array(edit, { minLength: 1, maxLength: 6 }).map((edits) => {
      let text = onePage;
      for (const { at, length, put } of edits) text = text.slice(0, at) + put + text.slice(at + length);
      return text;
    });
    fc.assert(fc.property(mutated, check), { numRuns: 300 });
  });

  it("of any policy without errors that lost some of its tokens", () => {
    const numbers = fc.array(fc.nat({ max: 10_000 }), { maxLength: 200, size: "max" });
    const lost = fc.array(fc.nat({ max: 300 }), { maxLength: 3 });
    const property = fc.property(numbers, lost, (chance, places) => {
      const pick = pickFrom(chance);
      const tokens = new RandomPolicy(pick).tokens().filter((_, place) => !places.includes(place));
      check(spaceOut(tokens, pick, 3));
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("of every beginning of the one-page example, as it is typed", () => {
    for (let end = 0; end <= onePage.length; end += 7) expectSound(parse(onePage.slice(0, end)));
  });
});

describe("what comes after an error is found all the same", () => {
  it("whichever token of the first half is missing", () => {
    const { tokens, file } = parse(onePage);
    const last = file.declarations.at(-1);
    for (const { start, end, type } of tokens.filter(({ start }) => start < onePage.length / 2)) {
      if (type === "comment" || type === "doc") continue;
      const broken = parse(onePage.slice(0, start) + onePage.slice(end));
      expect(stripRanges(broken.file.declarations.at(-1))).toEqual(stripRanges(last));
    }
  });
});
