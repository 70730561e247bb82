import { type Diff, type DiffEntry, diff, type Vocabulary } from "@scruple/analysis";
import { type Model, nearest } from "@scruple/model";
import { CallError } from "../exit.ts";
import type { Side } from "./read-side.ts";

export interface Comparison extends Omit<Diff, "policy" | "widened" | "narrowed" | "duties"> {
  readonly policies: readonly string[];
  readonly widened: readonly Entry[];
  readonly narrowed: readonly Entry[];
  readonly duties: readonly Entry[];
}
export interface Entry extends DiffEntry {
  readonly policy: string;
}

/**
 * Compares each policy with the one of its name; the only ones of both sides are compared whatever they are called. A policy
 * that one side lacks is compared with none of its interactions.
 *
 * @param only the policy that is asked about; all of them where null
 * @throws CallError where neither side has the policy
 */
export function compareSides(base: Side, head: Side, only: string | null): Comparison {
  const diffs = pairsOf(base, head, only).map(([before, after]) => diff(before, after));
  const all = (kind: "widened" | "narrowed" | "duties") =>
    diffs.flatMap((one) => one[kind].map((entry): Entry => ({ policy: one.policy, ...entry })));
  const words = <K extends keyof Vocabulary>(kind: K) =>
    distinct(diffs.flatMap(({ vocabulary }): readonly unknown[] => vocabulary[kind])) as Vocabulary[K];
  return {
    policies: diffs.map(({ policy }) => policy),
    widened: all("widened"),
    narrowed: all("narrowed"),
    duties: all("duties"),
    vocabulary: {
      added: words("added"),
      removed: words("removed"),
      renamed: words("renamed"),
      alike: words("alike"),
      retyped: words("retyped"),
    },
    equal: diffs.every(({ equal }) => equal),
    notes: diffs.flatMap(({ notes }) => notes),
  };
}

/** Policies share what they use. */
function distinct(list: readonly unknown[]): readonly unknown[] {
  return [...new Map(list.map((one) => [JSON.stringify(one), one])).values()];
}

function pairsOf(base: Side, head: Side, only: string | null): readonly (readonly [Model, Model])[] {
  const names = [...new Set([...base.keys(), ...head.keys()])].sort();
  if (only !== null) {
    if (!names.includes(only))
      throw new CallError(`Neither side has a policy \`${only}\` that decides anything.${nearest(only, names)}`);
    return [pair(base.get(only), head.get(only))];
  }
  if (names.length === 0)
    throw new CallError("Neither side has a policy that decides anything: none has an interaction.");
  if (base.size === 1 && head.size === 1) return [[[...base.values()][0]!, [...head.values()][0]!]];
  return names.map((name) => pair(base.get(name), head.get(name)));
}

function pair(before: Model | undefined, after: Model | undefined): readonly [Model, Model] {
  return [before ?? silenced(after!), after ?? silenced(before!)];
}

/** The same vocabulary, and nothing that is ever asked. */
function silenced(model: Model): Model {
  return { ...model, interactions: [], rules: model.rules.filter(({ interaction }) => interaction === null) };
}
