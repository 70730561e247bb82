import type { Rule } from "@scruple/model";
import type { Marks } from "../space/bit-sets.ts";
import type { InteractionPartition } from "../space/interaction-partition.ts";
import type { PrivacyLint } from "./finding.ts";

/** Bases that cannot carry special data, whatever else holds (GDPR, Art. 9). */
const tooWeak: ReadonlySet<string> = new Set(["contract", "legitimate_interest"]);

/** What is asked of allows, a bit for each. `no-basis` is told of rules without one, and of those with one that is too weak. */
export const bitOf = {
  "special-without-explicit-consent": 1 << 0,
  "secondary-use": 1 << 1,
  laundering: 1 << 2,
  "singling-out": 1 << 3,
  "household-exposure": 1 << 4,
  "covert-use": 1 << 5,
  "join-without-purpose": 1 << 6,
  "third-party-without-permission": 1 << 7,
  untold: 1 << 8,
  "no-basis": 1 << 9,
  "weak-basis": 1 << 10,
  "experiment-without-consent": 1 << 11,
} as const satisfies Partial<Record<PrivacyLint | "weak-basis", number>>;
export type Question = keyof typeof bitOf;
/** A lint that is told of single allows. */
export type AllowLint = Exclude<Question, "weak-basis">;
const questions = Object.keys(bitOf) as readonly Question[];

/**
 * Which privacy lints may still be told of which allows of the policy. Most rules are told of at their first cell, or never can be,
 * so that most cells need not be looked at.
 */
export class LeftOpen {
  private readonly partition: InteractionPartition;
  /** By number of a rule, as bits. */
  private readonly bits: Uint16Array;
  private readonly numbers = new Map<string, number>();
  /** Rules of which anything at all is open. */
  private readonly any: Marks;

  constructor(partition: InteractionPartition, rules: ReadonlyMap<string, Rule>, isOn: (lint: AllowLint) => boolean) {
    this.partition = partition;
    const { sets } = partition;
    const asked = questions.filter((question) => isOn(lintOf(question)));
    this.bits = new Uint16Array(sets.width * 32);
    this.any = sets.marks();
    for (const root of partition.rootsIn(partition.allows)) {
      const { at, item } = partition.root(root);
      const rule = rules.get(item.path);
      if (rule === undefined) continue;
      this.numbers.set(rule.path, at);
      for (const question of asked) if (isPossible(question, rule)) this.bits[at]! |= bitOf[question];
      if (this.bits[at] !== 0) this.any.add(at);
    }
  }

  /** What may still be told of rules in a set, as bits. */
  in(set: number): number {
    return this.partition.sets.gathered(set, this.any, this.bits);
  }

  settle(lint: AllowLint, path: string): void {
    const at = this.numbers.get(path)!;
    this.bits[at]! &= ~(lint === "no-basis" ? bitOf["no-basis"] | bitOf["weak-basis"] : bitOf[lint]);
    if (this.bits[at] === 0) this.any.delete(at);
  }
}

function lintOf(question: Question): AllowLint {
  return question === "weak-basis" ? "no-basis" : question;
}

/** A rule that rests on consent never applies without it, whatever else it and its exceptions say. */
function isPossible(question: Question, rule: Rule): boolean {
  const { basis } = rule;
  switch (question) {
    case "untold":
      return rule.told === null;
    case "no-basis":
      return basis === null;
    case "weak-basis":
      return isWeak(rule);
    case "join-without-purpose":
      return rule.purposes === null;
    case "secondary-use":
      return basis?.kind !== "consent" && basis?.kind !== "explicit consent";
    case "special-without-explicit-consent":
    case "third-party-without-permission":
    case "experiment-without-consent":
      return basis?.kind !== "explicit consent";
    default:
      return true;
  }
}

export function isWeak({ basis }: Rule): boolean {
  return basis !== null && tooWeak.has(basis.kind);
}
