import type { Rule } from "@scruple/model";
import type { Marks } from "../space/bit-sets.ts";
import type { InteractionPartition } from "../space/interaction-partition.ts";
import type { PrivacyLint } from "./finding.ts";

/** Bases that cannot carry special data, whatever else holds (GDPR, Art. 9). */
const tooWeak: ReadonlySet<string> = new Set(["contract", "legitimate_interest"]);

/** `no-basis` is told of rules without one, and of those with one that is too weak. */
export type Question = PrivacyLint | "weak-basis";

const questions = [
  ...["special-without-explicit-consent", "secondary-use", "laundering", "singling-out", "household-exposure"],
  ...["covert-use", "join-without-purpose", "third-party-without-permission", "untold", "no-basis", "weak-basis"],
  "experiment-without-consent",
] as readonly Question[];

/**
 * Which privacy lints may still be told of which allows of the policy. Most rules are told of at their first cell, or never can be,
 * so that most cells need not be looked at.
 */
export class LeftOpen {
  private readonly partition: InteractionPartition;
  private readonly marks = new Map<Question, Marks>();
  private readonly numbers = new Map<string, number>();
  /** Rules of which anything at all is open. */
  private readonly any: Marks;

  constructor(partition: InteractionPartition, rules: ReadonlyMap<string, Rule>, isOn: (lint: PrivacyLint) => boolean) {
    this.partition = partition;
    const { sets } = partition;
    const asked = questions.filter((question) => isOn(lintOf(question)));
    for (const question of asked) this.marks.set(question, sets.marks());
    this.any = sets.marks();
    for (const root of partition.rootsIn(partition.allows)) {
      const { at, item } = partition.root(root);
      const rule = rules.get(item.path);
      if (rule === undefined) continue;
      this.numbers.set(rule.path, at);
      for (const question of asked) if (isPossible(question, rule)) this.marks.get(question)!.add(at);
    }

    for (const { words } of this.marks.values())
      for (let index = 0; index < words.length; index++) this.any.words[index]! |= words[index]!;
  }

  /** Whether there is a rule in a set of which something may still be told. */
  has(set: number, question: Question): boolean {
    const marks = this.marks.get(question);
    return marks !== undefined && this.partition.sets.isMarked(set, marks);
  }
  hasAny(set: number): boolean {
    return this.partition.sets.isMarked(set, this.any);
  }

  settle(lint: PrivacyLint, path: string): void {
    const at = this.numbers.get(path)!;
    this.marks.get(lint)?.delete(at);
    if (lint === "no-basis") this.marks.get("weak-basis")?.delete(at);
    for (const marks of this.marks.values()) if (marks.has(at)) return;
    this.any.delete(at);
  }
}

function lintOf(question: Question): PrivacyLint {
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
