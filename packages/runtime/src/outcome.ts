import type { Kleene } from "./code.ts";
import type { BoundDuty, BoundLimit, Decision } from "./decision.ts";

/** The lists of a decision that depend on nothing but the rules which make it. */
export type Lists = Pick<Decision, "rules" | "because" | "told" | "basis" | "duties" | "limits">;

/** What a rule contributes to the decisions that it bears on. */
export interface Rule extends Lists {
  /** 0: allow, 1: deny, 2: deny after a number of acts, 3: quiet. */
  readonly effect: number;
  /** Minutes of the day, ends included. */
  readonly quiet: Quiet | undefined;
}
type Quiet = readonly [from: number, to: number];

/** What is decided about one piece of data, or several. Decisions that are alike share it. */
export interface Outcome extends Lists {
  readonly decision: Decision["decision"];
  /** The quiet times of a denial that quiet alone causes. */
  readonly quiets: readonly Quiet[] | undefined;
  /** The slots of the facts in conditions that came out unknown. */
  readonly slots: readonly number[];
  /** Names of those that are unknown, by bits over `slots`. */
  readonly missing: (readonly string[] | undefined)[];
}

/** A rule that selects the act. */
export interface Borne {
  readonly rule: Rule;
  /** How its condition came out. */
  readonly value: Kleene;
  /** The facts in its condition. */
  readonly slots: readonly number[];
}

export const none: readonly never[] = Object.freeze([]);

/** A denial by nothing that has a name. */
export function unnamed(reason: string): Outcome {
  const lists = { rules: none, because: Object.freeze([reason]), told: none, basis: none, duties: none, limits: none };
  return { ...lists, decision: "deny", quiets: undefined, slots: none, missing: [] };
}
const byDefault = unnamed("No rule allows this.");
export const outside = unnamed("The interaction is not for this purpose on this channel.");

export function outcomeOf(borne: readonly Borne[]): Outcome {
  const possible = borne.filter(({ value }) => value > 0);
  const rulesIn = (list: readonly Borne[]) => list.map(({ rule }) => rule);
  const allows = rulesIn(possible.filter(({ rule, value }) => rule.effect === 0 && value === 3));
  const denials = rulesIn(possible.filter(({ rule }) => rule.effect & 1));
  const slots = [...new Set(borne.flatMap((one) => (one.value === 2 ? one.slots : [])))];
  if (denials.length === 0)
    return allows.length === 0 ? { ...byDefault, slots, missing: [] } : said("allow", allows, rulesIn(possible));
  const isQuiet = allows.length > 0 && denials.every(({ effect }) => effect === 3);
  return said(
    "deny",
    denials,
    [],
    slots,
    isQuiet ? rulesIn(borne).flatMap(({ quiet }) => (quiet ? [quiet] : [])) : undefined,
  );
}

/** Several pieces of data are decided all or nothing; what is denied speaks for all. */
export function merge(outcomes: readonly Outcome[]): Outcome {
  const denied = outcomes.filter(({ decision }) => decision === "deny");
  if (denied.length === 0) return said("allow", outcomes, outcomes);
  const quiets = denied.every((one) => one.quiets) ? denied.flatMap((one) => one.quiets ?? []) : undefined;
  return said("deny", denied, [], none, quiets);
}

/** @param binding Those whose duties and limits bind. */
function said(
  decision: Decision["decision"],
  deciding: readonly Lists[],
  binding: readonly Lists[],
  slots: readonly number[] = none,
  quiets?: readonly Quiet[],
): Outcome {
  return {
    decision,
    rules: sorted(deciding.flatMap(({ rules }) => rules)),
    because: sorted(deciding.flatMap(({ because }) => because)),
    told: sorted(deciding.flatMap(({ told }) => told)),
    basis: sorted(deciding.flatMap(({ basis }) => basis)),
    duties: sorted(binding.flatMap(({ duties }) => duties)),
    limits: sorted(binding.flatMap(({ limits }) => limits)),
    quiets,
    slots,
    missing: [],
  };
}

/** Lists of so many names or more are made each time. */
const mostKept = 16;

/** The names of the unknown facts in conditions that came out unknown. */
export function missingOf(
  { slots, missing }: Outcome,
  facts: Float64Array,
  names: readonly string[],
): readonly string[] {
  const isUnknown = (slot: number) => Number.isNaN(facts[slot]);
  let bits = 0;
  for (let i = 0; i < slots.length; i++) if (isUnknown(slots[i] as number)) bits |= 1 << i;
  const isKept = slots.length < mostKept;
  const known = isKept ? missing[bits] : undefined;
  if (known !== undefined) return known;
  const list = sorted(slots.filter(isUnknown).map((slot) => names[slot] as string));
  if (isKept) missing[bits] = list;
  return list;
}

/** By UTF-16 code units, without repetition. */
export function sorted<T extends string | BoundDuty | BoundLimit>(items: readonly T[]): readonly T[] {
  if (items.length === 0) return none;
  const byText = new Map(items.map((item) => [textOf(item), item]));
  return Object.freeze([...byText.keys()].sort().map((text) => byText.get(text) as T));
}

function textOf(item: string | BoundDuty | BoundLimit): string {
  if (typeof item === "string") return item;
  return "rule" in item ? item.rule : `${item.name} ${JSON.stringify(item.arguments)}`;
}

/** Seconds until the first minute that no quiet time holds; null where there is none, or the time is not known. */
export function secondsUntilHeard(quiets: readonly Quiet[], now: number): number | null {
  const isKnown = !Number.isNaN(now);
  let wait = 1;
  // From the end of one quiet time to the minute after it, which may be in another.
  for (let moved = isKnown; moved && wait < 1_440; ) {
    moved = false;
    for (const [from, to] of quiets) {
      const then = (now + wait) % 1_440;
      if (from <= to ? then >= from && then <= to : then >= from || then <= to) {
        wait += ((to - then + 1_440) % 1_440) + 1;
        moved = true;
      }
    }
  }
  return wait < 1_440 && isKnown ? wait * 60 : null;
}
