import type { Type, Value } from "@scruple/model";
import { Dice } from "@scruple/testkit";
import { expect, test } from "vitest";
import { chainCombinations, type Link } from "../theory/chain.ts";
import { type Domain, domainOf } from "../theory/domain.ts";
import { combinations, examplePair } from "../theory/pair.ts";
import { describeChain } from "./chain.ts";
import { describePair } from "./pair.ts";

type Values = readonly (Value | undefined)[];
const names = ["low", "mid", "high"];

/** Whether a comparison, or that something is known, holds of some values. */
function holds(text: string, values: Values): boolean {
  const parts = /^(\w+) (=|!=|<=|>=|<|>|in|is) (\S+)(?:\.\.(\d+))?$/.exec(text);
  if (parts === null) throw new Error(`This is not understood: ${text}`);
  const [, name, operator, other] = parts as unknown as [string, string, string, string];
  const left = values[names.indexOf(name)];
  if (operator === "is") return (left === undefined) === (other === "unknown");
  const bare = (word: string): Value | undefined =>
    names.includes(word) ? values[names.indexOf(word)] : typeof left === "number" ? Number(word) : JSON.parse(word);
  if (operator === "in") {
    const [from, to] = other.split("..").map(Number) as [number, number];
    return left !== undefined && Number(left) >= from && Number(left) <= to;
  }
  const right = bare(other);
  if (left === undefined || right === undefined) return false;
  const compared = { "=": left === right, "!=": left !== right, "<": left < right, ">": left > right };
  if (operator === "<=" || operator === ">=") return compared["="] || compared[operator === "<=" ? "<" : ">"];
  return compared[operator as keyof typeof compared];
}

/** Alternatives, of each all parts; a part may be alternatives, or parts, in brackets. */
function hold(text: string, values: Values): boolean {
  const inner = /^\((.*)\)$/.exec(text)?.[1] ?? text;
  return inner.split(" or ").some((one) => one.split(" and ").every((part) => holds(part, values)));
}

function check(alternatives: readonly (readonly string[])[], all: readonly Values[], mask: Uint8Array): void {
  for (const [index, values] of all.entries()) {
    const isSaid = alternatives.some((parts) => parts.every((part) => hold(part, values)));
    expect(isSaid, JSON.stringify({ alternatives, values })).toBe(mask[index] === 1);
  }
}

/** Regions as conditions make them: random ones, and those that a few comparisons and what is unknown leave. */
function* masks(all: readonly Values[], dice: Dice): Generator<Uint8Array> {
  const atoms = names.flatMap((one) => [
    ...names.flatMap((other) => ["<", "<=", "=", "!="].map((operator) => `${one} ${operator} ${other}`)),
    `${one} is unknown`,
  ]);
  for (let turn = 0; turn < 40; turn++) {
    const chosen = dice.some(atoms, 1, 3);
    const isAny = dice.chance(0.5);
    const flipped = chosen.map(() => dice.chance(0.5));
    const isIn = (values: Values) => {
      const each = chosen.map((text, at) => holds(text, values) !== flipped[at]);
      return isAny ? each.some(Boolean) : each.every(Boolean);
    };
    yield Uint8Array.from(all, (values) => Number(turn % 4 === 0 ? dice.chance(0.5) : isIn(values)));
  }
}

const types: readonly (readonly [string, Type, readonly string[]])[] = [
  ["numbers", { kind: "int", min: 0, max: 9 }, []],
  ["texts", { kind: "text" }, ["a"]],
];

test.each(types)("what two %s have to do with each other is said to the word", (_what, type, mentioned) => {
  const dice = new Dice(1);
  for (let turn = 0; turn < 30; turn++) {
    const domains = [0, 1].map(() => randomDomain(type, mentioned, dice)) as [Domain, Domain];
    const both = [...combinations(...domains)];
    const all = both.map((one) => examplePair(...domains, one));
    for (const mask of masks(all, dice)) {
      if (!mask.includes(1) || !mask.includes(0)) continue;
      const variable = {
        kind: "pair",
        facts: ["low", "mid"],
        types: [type, type],
        domains,
        combinations: both,
      } as const;
      check(describePair(variable, mask), all, mask);
    }
  }
});

test.each(types)("what three %s have to do with each other is said to the word", (_what, type, mentioned) => {
  const dice = new Dice(2);
  const links: readonly Link[] = [
    [0, 1],
    [1, 2],
  ];
  for (let turn = 0; turn < 6; turn++) {
    const domains = names.map(() => randomDomain(type, mentioned, dice));
    const found = chainCombinations(domains, links);
    const all = found.map(({ values }) => values);
    for (const mask of masks(all, dice)) {
      if (!mask.includes(1) || !mask.includes(0)) continue;
      const variable = { kind: "chain" as const, facts: names, types: [type, type, type], domains, links };
      const description = describeChain({ ...variable, combinations: found }, mask);
      check(description, all, mask);
    }
  }
});

function randomDomain(type: Type, mentioned: readonly string[], dice: Dice): Domain {
  const cuts = type.kind === "int" ? dice.some([2, 5, 7], 0, 2) : [];
  return domainOf(type, { cuts: new Set(cuts), mentioned: new Set(cuts), names: new Set(mentioned) });
}
