import type { Permissions } from "./consents.ts";
import { consentsSlot, type Facts, objectionsSlot, todaySlot } from "./facts.ts";

/** 0: false, 1: unknown, 2: true, so that by Kleene's tables `and` is the least and `or` the greatest. */
export type Kleene = number;
export type Condition = () => Kleene;

/**
 * What emitted conditions are written with. A slot is the place of a fact; what is compared are the numbers that facts.ts
 * makes of values. `later` is what costs more to ask, and is asked only where it matters.
 */
export interface Kit {
  and(...values: Kleene[]): Kleene;
  or(...values: Kleene[]): Kleene;
  not(value: Kleene): Kleene;
  all(value: Kleene, later: Condition): Kleene;
  any(value: Kleene, later: Condition): Kleene;
  /** At least, at most, equal to, one of. */
  ge(slot: number, bound: number): Kleene;
  le(slot: number, bound: number): Kleene;
  eq(slot: number, value: number): Kleene;
  is(slot: number, ...values: number[]): Kleene;
  /** A set with that element. */
  has(slot: number, element: number): Kleene;
  equal(slot: number, other: number): Kleene;
  less(slot: number, other: number): Kleene;
  /** Equal texts. */
  same(slot: number, other: number): Kleene;
  /** For that purpose, or for the request's. */
  consent(purpose?: number): Kleene;
  explicit(purpose?: number): Kleene;
  objection(purpose?: number): Kleene;
  outbound(): Kleene;
  /** The interaction's last day is not past. */
  until(): Kleene;
}

/** The conditions of a policy, as code. Leaves refer to them from 1; 0 is always true. */
export type CompiledConditions = (kit: Kit) => readonly Condition[];

/** The moment that conditions are asked in. */
export interface Moment {
  purpose: number;
  /** 2: the company started the interaction, 0: the customer, 1: not known. */
  outbound: number;
  /** The interaction's last day as YYYYMMDD. */
  until: number;
}

export interface Conditions {
  readonly moment: Moment;
  /** Asks a condition about what is known now. */
  evaluate(condition: number): Kleene;
  /** The slots of the facts that stand anywhere in a condition. */
  slotsOf(condition: number): ReadonlySet<number>;
}

export function conditionsOf(compiled: CompiledConditions, facts: Facts, permissions: Permissions): Conditions {
  const { values, texts } = facts;
  const moment: Moment = { purpose: 0, outbound: 1, until: 0 };
  /** Set while a condition is asked only for the facts that stand in it. */
  let asked: Set<number> | undefined;

  const fact = (slot: number): number => {
    asked?.add(slot);
    return values[slot] as number;
  };
  const test = (value: number, holds: boolean): Kleene => (holds ? 2 : Number.isNaN(value) ? 1 : 0);
  const both = (slot: number, other: number, holds: (one: number, other: number) => boolean): Kleene => {
    const [one, two] = [fact(slot), fact(other)];
    return Number.isNaN(one) || Number.isNaN(two) ? 1 : holds(one, two) ? 2 : 0;
  };
  const permission = (slot: number, isKnown: boolean, holds: () => boolean): Kleene => {
    asked?.add(slot);
    return isKnown ? (holds() ? 2 : 0) : 1;
  };
  const le = (slot: number, bound: number): Kleene => {
    const value = fact(slot);
    return test(value, value <= bound);
  };
  const list = compiled({
    and: Math.min,
    or: Math.max,
    not: (value) => 2 - value,
    all: (value, later) => (value > 0 || asked !== undefined ? Math.min(value, later()) : 0),
    any: (value, later) => (value < 2 || asked !== undefined ? Math.max(value, later()) : 2),
    ge: (slot, bound) => {
      const value = fact(slot);
      return test(value, value >= bound);
    },
    le,
    eq: (slot, wanted) => {
      const value = fact(slot);
      return test(value, value === wanted);
    },
    is: (slot, ...wanted) => {
      const value = fact(slot);
      return test(value, wanted.includes(value));
    },
    has: (slot, element) => {
      const [word, bit] = facts.bitOf(slot, element);
      asked?.add(slot);
      const value = values[word] as number;
      return test(value, ((value >> bit) & 1) === 1);
    },
    equal: (slot, other) => both(slot, other, (one, two) => one === two),
    less: (slot, other) => both(slot, other, (one, two) => one < two),
    same: (slot, other) => both(slot, other, () => texts[slot] === texts[other]),
    consent: (about = moment.purpose) =>
      permission(consentsSlot, permissions.hasConsents(), () => permissions.consent(about)),
    explicit: (about = moment.purpose) =>
      permission(consentsSlot, permissions.hasConsents(), () => permissions.explicitConsent(about)),
    objection: (about = moment.purpose) =>
      permission(objectionsSlot, permissions.hasObjections(), () => permissions.objection(about)),
    outbound: () => moment.outbound,
    until: () => le(todaySlot, moment.until),
  });
  const known: ReadonlySet<number>[] = [];
  return {
    moment,
    evaluate: (condition) => (list[condition - 1] as Condition)(),
    slotsOf(condition) {
      if (known[condition] === undefined) {
        asked = new Set();
        (list[condition - 1] as Condition)();
        known[condition] = asked;
        asked = undefined;
      }
      return known[condition] as ReadonlySet<number>;
    },
  };
}
