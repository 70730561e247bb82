import type { Kleene } from "./condition.ts";
import type { Permissions } from "./consents.ts";
import type { BoundDuty, BoundLimit } from "./decision.ts";
import { consentsSlot, type Facts, objectionsSlot } from "./facts.ts";
import type { Rule } from "./rules.ts";

/** What is decided about one piece of data, but for the names of unknown facts. Shared by all decisions that are alike. */
export interface Outcome {
  readonly allow: boolean;
  readonly rules: readonly string[];
  readonly because: readonly string[];
  readonly told: readonly string[];
  readonly basis: readonly string[];
  readonly duties: readonly BoundDuty[];
  readonly limits: readonly BoundLimit[];
  /** The quiet times, in minutes of the day, of a denial that quiet alone causes. */
  readonly quiet: readonly (readonly [from: number, to: number])[] | undefined;
  /** The slots of the facts in conditions that came out unknown. */
  readonly slots: readonly number[];
  /** Names of the unknown ones, by bits over `slots`. */
  readonly missing: (readonly string[] | undefined)[];
}

export const byDefault = "No rule allows this.";
export const outOfBounds = "The interaction is not for this purpose on this channel.";

const none: readonly never[] = Object.freeze([]);

const nothing: Outcome = {
  allow: false,
  rules: none,
  because: none,
  told: none,
  basis: none,
  duties: none,
  limits: none,
  quiet: undefined,
  slots: none,
  missing: [],
};

export const outside: Outcome = { ...nothing, because: Object.freeze([outOfBounds]) };

/** A rule that selects the act. */
export interface Borne {
  readonly rule: Rule;
  /** How its condition came out. */
  readonly value: Kleene;
  /** The facts in its condition. */
  readonly slots: readonly number[];
}

export function outcomeOf(borne: readonly Borne[]): Outcome {
  const possible = borne.filter(({ value }) => value > 0);
  const allows = possible.filter(({ rule, value }) => rule.effect === "allow" && value === 3).map(({ rule }) => rule);
  const denials = possible.map(({ rule }) => rule).filter(({ effect }) => effect === "deny" || effect === "quiet");
  if (allows.length > 0 && denials.length === 0) {
    return {
      ...nothing,
      allow: true,
      ...reasons(allows),
      told: sorted(allows.map(({ told }) => told)),
      basis: sorted(allows.map(({ basis }) => basis)),
      duties: distinctDuties(possible.flatMap(({ rule }) => rule.duties)),
      limits: distinctLimits(possible.flatMap(({ rule }) => rule.limit ?? [])),
    };
  }
  const quietAlone = allows.length > 0 && denials.every(({ effect }) => effect === "quiet");
  return {
    ...nothing,
    ...reasons(denials),
    ...(denials.length === 0 ? { because: Object.freeze([byDefault]) } : {}),
    quiet: quietAlone ? borne.flatMap(({ rule: { quiet } }) => (quiet === undefined ? [] : [quiet])) : undefined,
    slots: [...new Set(borne.flatMap(({ value, slots }) => (value === 2 ? slots : [])))],
    missing: [],
  };
}

/** The names of the unknown facts in conditions that came out unknown. */
export function missingOf({ slots, missing }: Outcome, { facts, permissions }: Known): readonly string[] {
  const isUnknown = (slot: number) => {
    if (slot === consentsSlot) return !permissions.hasConsents();
    if (slot === objectionsSlot) return !permissions.hasObjections();
    return Number.isNaN(facts.values[slot]);
  };
  let bits = 0;
  for (let i = 0; i < slots.length; i++) if (isUnknown(slots[i] as number)) bits |= 1 << i;
  const known = slots.length > 16 ? undefined : missing[bits];
  if (known !== undefined) return known;
  const list = sorted(slots.filter(isUnknown).map((slot) => facts.names[slot]));
  if (slots.length <= 16) missing[bits] = list;
  return list;
}
interface Known {
  readonly facts: Facts;
  readonly permissions: Permissions;
}

/** Several pieces of data are decided all or nothing; what is denied speaks for all. */
export function merge(one: Outcome, other: Outcome): Outcome {
  const outcomes = [one, other];
  const denied = outcomes.filter((outcome) => !outcome.allow);
  const speaking = denied.length > 0 ? denied : outcomes;
  return {
    allow: denied.length === 0,
    rules: sorted(speaking.flatMap(({ rules }) => rules)),
    because: sorted(speaking.flatMap(({ because }) => because)),
    told: sorted(speaking.flatMap(({ told }) => told)),
    basis: sorted(speaking.flatMap(({ basis }) => basis)),
    duties: distinctDuties(speaking.flatMap(({ duties }) => duties)),
    limits: distinctLimits(speaking.flatMap(({ limits }) => limits)),
    quiet: speaking.every(({ quiet }) => quiet !== undefined)
      ? speaking.flatMap(({ quiet }) => quiet ?? [])
      : undefined,
    slots: none,
    missing: [],
  };
}

function reasons(rules: readonly Rule[]): Pick<Outcome, "rules" | "because"> {
  return { rules: sorted(rules.map(({ path }) => path)), because: sorted(rules.map(({ because }) => because)) };
}

/** By UTF-16 code units, without repetition. */
export function sorted(texts: readonly (string | undefined)[]): readonly string[] {
  return Object.freeze([...new Set(texts.filter((text) => text !== undefined))].sort());
}

function distinctDuties(duties: readonly BoundDuty[]): readonly BoundDuty[] {
  return distinct(duties, (duty) => `${duty.name} ${JSON.stringify(duty.arguments)}`);
}

function distinctLimits(limits: readonly BoundLimit[]): readonly BoundLimit[] {
  return distinct(limits, ({ rule }) => rule);
}

function distinct<T>(items: readonly T[], textOf: (item: T) => string): readonly T[] {
  const byText = new Map(items.map((item) => [textOf(item), item]));
  return Object.freeze([...byText.keys()].sort().map((text) => byText.get(text) as T));
}

/** Seconds until the first minute that no quiet time holds; null where there is none, or the time is not known. */
export function secondsUntilHeard(quiet: NonNullable<Outcome["quiet"]>, now: number): number | null {
  if (Number.isNaN(now)) return null;
  let wait = 1;
  // From the end of one quiet time to the minute after it, which may be in another.
  for (let moved = true; moved && wait < 1_440; ) {
    moved = false;
    for (const [from, to] of quiet) {
      const then = (now + wait) % 1_440;
      if (from <= to ? then >= from && then <= to : then >= from || then <= to) {
        wait += ((to - then + 1_440) % 1_440) + 1;
        moved = true;
      }
    }
  }
  return wait < 1_440 ? wait * 60 : null;
}
