import { describe, expect, it } from "vitest";
import { format, parse, stripRanges, walk } from "./index.ts";

/** `depth` levels of one kind of nesting, as a rule. */
const nests: readonly (readonly [string, (depth: number) => string])[] = [
  ["parentheses", (depth) => `r: deny use x when ${"(".repeat(depth)}a${")".repeat(depth)}`],
  ["not", (depth) => `r: deny use x when ${"not ".repeat(depth)}a`],
  ["exceptions", (depth) => `r: deny use x ${"except for a ".repeat(depth)}`],
  ["exceptions in braces", (depth) => `r: deny use x ${"except { a | for b ".repeat(depth)}${"}".repeat(depth)}`],
  [
    "all of them together",
    (depth) => {
      const third = Math.floor(depth / 4);
      const rest = depth - 3 * third;
      const inner = `${"not (".repeat(third)}a${")".repeat(third)}`;
      return `r: deny use x ${"except a ".repeat(third)}when ${"(b or ".repeat(rest)}${inner}${")".repeat(rest)}`;
    },
  ],
];

describe.each(nests)("nesting of %s", (_, nest) => {
  const codes = (text: string) => parse(text).findings.map(({ code }) => code);
  const around = (rule: string) =>
    `policy a\ninteraction i { purposes p channels c ${rule}\n s: deny use y }\npurpose q`;

  it("goes to 256 levels", () => {
    const text = around(nest(256));
    expect(codes(text)).toEqual([]);
    const formatted = format(text);
    expect(format(formatted)).toBe(formatted);
    expect(stripRanges(parse(formatted).file)).toEqual(stripRanges(parse(text).file));
  });

  it.each([257, 258, 300, 5000])("is an error at %i levels, one, and nothing follows from it", (depth) => {
    const { file, findings } = parse(around(nest(depth)));
    expect(findings.map(({ code }) => code)).toEqual(["SCR1018"]);
    const [interaction, purpose] = file.declarations;
    expect(interaction?.kind === "interaction" && interaction.rules.map(({ name }) => name?.text)).toEqual(["r", "s"]);
    expect(purpose).toMatchObject({ kind: "purpose", name: { text: "q" } });
  });

  it("costs no stack however deep it is", () => {
    expect(codes(`policy a ${nest(30_000)}`)).toEqual(["SCR1018"]);
  });

  it("stays open without harm", () => {
    const whole = around(nest(2000));
    expect(codes(whole.slice(0, whole.length / 2))).toContain("SCR1018");
  });
});

describe("what is named like the keyword of a declaration, at the start of a line", () => {
  it.each([
    "except\nchannel for b",
    "except {\nchannel for b | for c }",
    "except { a |\ncategory when b }",
    "except { a,\nsource when b }",
    "except { for a,\npurpose when b }",
    "except { a with\npurpose when b }",
    "except { when a and\nsource in {a, b} }",
    "except { when (\nsource in {a, b}) }",
    "except { when x =\nsource unless y }",
  ])("is no declaration in an exception that is too deep: %j", (inner) => {
    const rule = `r: deny use x ${"except { for a ".repeat(256)}${inner}${"}".repeat(256)}`;
    const { file, findings } = parse(`policy a interaction i { purposes p channels c\n${rule}\ns: deny use y }`);
    expect(findings.map(({ code }) => code)).toEqual(["SCR1018"]);
    const [interaction] = file.declarations;
    expect(interaction?.kind === "interaction" && interaction.rules.map(({ name }) => name?.text)).toEqual(["r", "s"]);
  });

  it.each(["\nchannel or b", "a and\nchannel or b", "not\nchannel or b", "a <\nchannel and b"])(
    "is no declaration in parentheses that are too deep: %j",
    (inner) => {
      const { file, findings } = parse(
        `policy a\ncondition c = ${"(".repeat(257)}${inner}${")".repeat(257)}\npurpose q`,
      );
      expect(findings.map(({ code }) => code)).toEqual(["SCR1018"]);
      expect(file.declarations.map(({ kind }) => kind)).toEqual(["condition", "purpose"]);
    },
  );

  it("is one all the same where no name is awaited", () => {
    const { file } = parse(`policy a\ncondition c = ${"(".repeat(257)}a\nchannel web reaches guests\npurpose q`);
    expect(file.declarations.map(({ kind }) => kind)).toEqual(["condition", "channel", "purpose"]);
    const broken = parse(`policy a\ncondition c = ${"(".repeat(257)}a and\nchannel web reaches guests\npurpose q`);
    expect(broken.file.declarations.map(({ kind }) => kind)).toEqual(["condition", "channel", "purpose"]);
  });
});

it("a million of them are one error as well", () => {
  const { findings } = parse(`policy a condition c = ${"(".repeat(1_000_000)}`);
  expect(findings.map(({ code }) => code)).toEqual(["SCR1018"]);
});

it("chains are no nesting", () => {
  const chain = Array.from({ length: 10_000 }, () => "a").join(" or ");
  const { file, findings } = parse(`policy a condition c = ${chain}`);
  expect(findings).toEqual([]);
  const [condition] = file.declarations;
  expect(condition?.kind === "condition" && condition.value.kind === "or" && condition.value.operands.length).toBe(
    10_000,
  );
});

it("walking a tree costs no stack either", () => {
  let deepest = 0;
  const depths = new Map<object, number>();
  walk(parse(`policy a condition c = ${"(".repeat(256)}a${")".repeat(256)}`).file, (node, parent) => {
    const depth = parent === null ? 0 : (depths.get(parent) ?? 0) + 1;
    depths.set(node, depth);
    deepest = Math.max(deepest, depth);
  });
  expect(deepest).toBeGreaterThan(256);
});
