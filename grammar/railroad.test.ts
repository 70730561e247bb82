import { readFileSync } from "node:fs";
import { grammarProductions } from "@scruple/syntax";
import { expect, test } from "vitest";

const page = readFileSync("grammar/railroad.html", "utf8");
const all = (regex: RegExp) => [...page.matchAll(regex)].map(([, found]) => found as string);
const ids = all(/ id="([^"]+)"/g);

test("has a diagram of every rule", () => {
  const drawn = all(/aria-label="Diagram of (\w+)"/g);
  expect(drawn.sort()).toEqual(
    grammarProductions()
      .map(({ name }) => name)
      .sort(),
  );
});

test("has a place for every link, and no place twice", () => {
  expect(all(/href="#([^"]+)"/g).filter((target) => !ids.includes(target))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

test("needs no other file", () => {
  expect(page).not.toMatch(/<(?:script|link|img|iframe)\b|\bsrc=|@import|url\(|href="(?!#)/);
});
