import { expect, it } from "vitest";
import { applyEdits, fixesTogether } from "./edits.ts";
import { parse } from "./parse.ts";

/** The text after all fixes that can be made at once. */
function fixed(text: string): string {
  const fixes = fixesTogether(parse(text).findings.flatMap((one) => one.fixes ?? []));
  return applyEdits(
    text,
    fixes.flatMap(({ edits }) => edits),
  );
}

it("says of each clause that stands too late where it belongs, and moves all at once; equal ones stay as they stood", () => {
  const text = `policy p\nr: allow use any told "x" when a under contract to b on c for d\n`;
  const { findings } = parse(text);
  expect(findings.map(({ code, message }) => `${code} ${message.split(":")[0]}`)).toEqual([
    "SCR1023 `when` belongs before `told`",
    "SCR1023 `under` belongs before `told`",
    "SCR1023 `to` belongs before `told`",
    "SCR1023 `on` belongs before `told`",
    "SCR1023 `for` belongs before `told`",
  ]);
  expect(new Set(findings.flatMap(({ fixes }) => (fixes ?? []).map(({ title }) => title)))).toEqual(
    new Set(["Move `when`, `under`, `to`, `on`, `for` to their places"]),
  );
  expect(fixed(text)).toBe(`policy p\nr: allow use any to b on c for d when a under contract told "x"\n`);
});

it.each([
  ['when a\n  for d on c\n  told "x"', 'for d on c when a\n  told "x"'],
  ["when a\n  for d\n  on c\n", "for d on c when a\n"],
  ['for d told "x" on c when a to b because "y"', 'for d on c to b when a told "x" because "y"'],
  ["when a /* 1 */ for d /* 2 */ on c // 3\n", "for d on c when a /* 1 */ /* 2 */ // 3\n"],
  ['told "x" for d when a for d', 'for d when a told "x"'],
])("orders %j in one go", (clauses, ordered) => {
  const before = "policy p\nr: allow use any ";
  expect(fixed(`${before}${clauses}`)).toBe(`${before}${ordered}`);
  expect(parse(`${before}${ordered}`).findings).toEqual([]);
});
