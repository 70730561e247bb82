import { expect, test } from "vitest";
import { codeSpan, prose, tableRow } from "./markdown.ts";

test.each([
  ["offer.deals", "`offer.deals`"],
  ["`<img>|@org[l](http:evil)`", "`` `<img>|@org[l](http:evil)` ``"],
  ["a``b", "```a``b```"],
  ["two\nlines", "`two␊lines`"],
  ["", "`  `"],
])("%j is code", (text, expected) => {
  expect(codeSpan(text)).toBe(expected);
});

test("names in a sentence are code, and the rest of it stands for itself", () => {
  expect(prose("channel `sms` is new")).toBe("channel `sms` is new");
  expect(prose("channel `a` <img> @org [l](u)\n| `b` is new")).toBe(
    "channel `a` \\<img\\> @\u200borg \\[l\\](u)␊\\| `b` is new",
  );
});

test("no cell of a row ends before it should", () => {
  expect(tableRow(["`a|b`", "`c\\|d`", "`\\\\|`"])).toBe("| `a\\|b` | `c\\\\\\|d` | `\\\\\\|` |");
});
