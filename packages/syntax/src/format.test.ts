import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { format, parse, stripRanges } from "./index.ts";
import { pickFrom, RandomPolicy, spaceOut } from "./testing/random-policy.ts";

const onePage = readFileSync(new URL("./fixtures/one-page.scruple", import.meta.url), "utf8");

test("the one-page example is in canonical layout", () => {
  expect(format(onePage)).toBe(onePage);
});

const randomText = (comments: number) =>
  fc.array(fc.nat({ max: 10_000 }), { maxLength: 600, size: "max" }).map((numbers) => {
    const pick = pickFrom(numbers);
    return spaceOut(new RandomPolicy(pick).tokens(), pick, comments);
  });

const images = (text: string) =>
  parse(text).tokens.map(({ start, end }) => text.slice(start, end).replace(/\r\n?/g, "\n"));

test("formatting keeps every token and the tree, and is done after once", () => {
  fc.assert(
    fc.property(fc.oneof(randomText(0), randomText(10)), (text) => {
      const { findings, file } = parse(text);
      expect(findings).toEqual([]);
      const formatted = format(text);
      expect(images(formatted)).toEqual(images(text));
      expect(stripRanges(parse(formatted).file)).toEqual(stripRanges(file));
      expect(format(formatted)).toBe(formatted);
    }),
    { numRuns: 300 },
  );
});
