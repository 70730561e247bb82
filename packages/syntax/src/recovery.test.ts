import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { format, parse } from "./index.ts";
import { annotate, applyFixes } from "./testing/annotate.ts";

/** Broken policies with what is said about them written below each line. Each begins with `== ` and what it shows. */
const samples = readFileSync(new URL("./fixtures/recovery.txt", import.meta.url), "utf8")
  .split(/^== /m)
  .slice(1)
  .map((sample) => {
    const [title = "", ...lines] = sample.trimEnd().split("\n");
    return [title, lines.join("\n")] as const;
  });

describe("a broken policy", () => {
  it.each(samples)("%s", (_, marked) => {
    expect(annotate(marked)).toBe(marked);
  });

  it.each(samples)("is never touched by the formatter: %s", (_, marked) => {
    expect(format(marked)).toBe(marked);
  });
});

/** The names of what was found in a text, whatever is wrong with it. */
function outline(text: string): string[] {
  return parse(text).file.declarations.flatMap((declaration) => {
    if (declaration.kind !== "interaction")
      return "name" in declaration ? (declaration.name?.text ?? "") : declaration.kind;
    return [
      declaration.name.text,
      ...declaration.rules.map(({ name }) => `${declaration.name.text}.${name?.text ?? ""}`),
    ];
  });
}

describe("an error in one place leaves the others alone", () => {
  it("in a field", () => {
    expect(outline("policy a\nsource s provided {\n  broken\n  whole : c\n}\npurpose p")).toEqual(["s", "p"]);
  });

  it("in a rule", () => {
    const text = `policy a
interaction i {
  purposes p
  channels c
  one: allow use x for
  two: deny use y when (
  three: deny
  four: deny use z except { for }
  five: deny use z
}
purpose p`;
    expect(outline(text)).toEqual(["i", "i.one", "i.two", "i.three", "i.four", "i.five", "p"]);
  });

  it("even on a single line", () => {
    const text = "policy a interaction i { purposes p channels c one: allow use for a two: deny use y } purpose p";
    expect(outline(text)).toEqual(["i", "i.one", "i.two", "p"]);
  });
});

describe("what is half written has its node", () => {
  it("a missing name is empty, at the place where it belongs", () => {
    const [use] = parse("policy a use std.").file.declarations;
    expect(use?.kind === "use" && use.policy.parts).toEqual([
      { kind: "name", start: 13, end: 16, text: "std", quoted: false },
      { kind: "name", start: 17, end: 17, text: "", quoted: false },
    ]);
  });

  it("a missing condition is `missing`", () => {
    const [condition] = parse("policy a condition c = d and").file.declarations;
    expect(condition?.kind === "condition" && condition.value).toMatchObject({
      kind: "and",
      operands: [{ kind: "ref" }, { kind: "missing", start: 28, end: 28 }],
    });
  });

  it("a name that is cut off before the next line does not take its first word", () => {
    const [rule] = parse("policy a\nr: allow use orders.\n  for marketing").file.declarations;
    expect(rule?.kind === "rule" && rule.data[0]?.parts.map(({ text }) => text)).toEqual(["orders", ""]);
    expect(rule?.kind === "rule" && rule.clauses[0]?.kind).toBe("for");
  });
});

describe("a fix settles what it is offered for", () => {
  it.each([
    ["surce s provied { a : b }", "source s provided { a : b }"],
    ["r: allow use x when y for z", "r: allow use x for z when y"],
    ['r: allow use x because "b" // why\n  when y', 'r: allow use x when y because "b" // why\n'],
    ["r: allow use x for a on b for a", "r: allow use x for a on b"],
    ['r: allow use x except for a because "b"', 'r: allow use x because "b" except for a'],
    ["condition c = a == 1 && b <> 2 || !d", "condition c = a = 1 and b != 2 or not d"],
    ["condition c = a==1&&b||!d", "condition c = a=1 and b or not d"],
    ["condition c = a = 'it\"s'", 'condition c = a = "it\\"s"'],
    ['condition c = a = "\t', 'condition c = a = "\\u0009"'],
    ["subject { a : int, b : bool; }", "subject { a : int b : bool }"],
    ["r: deny use x for a b", "r: deny use x for a, b"],
    ["interaction i { deny use x channels c purposes p }", "interaction i { channels c\n  purposes p\n  deny use x }"],
    ["purpose café", "purpose `café`"],
    ["channel c quiet 01:00..02:00 reaches r", "channel c reaches r quiet 01:00..02:00"],
  ])("%s", (broken, mended) => {
    const before = `policy a\n${broken}`;
    expect(parse(before).findings).not.toEqual([]);
    expect(applyFixes(before).replace(/ +/g, " ")).toBe(`policy a\n${mended}`.replace(/ +/g, " "));
    expect(parse(applyFixes(before)).findings).toEqual([]);
  });
});
