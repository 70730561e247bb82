import type { Permissions } from "./consents.ts";
import { readDigits } from "./digits.ts";
import { consentsSlot, type Facts, objectionsSlot, todaySlot } from "./facts.ts";
import { Numbers } from "./numbers.ts";
import type { Tables } from "./tables.ts";

/**
 * Conditions in prefix notation. `condition` is the number of one that stands by itself, `slot` a fact, `constant` an
 * index into the constants, `purpose` 0 for the request's or 1 + its index.
 */
export const op = {
  /** 0 or 2. */
  literal: 0,
  /** condition */
  call: 1,
  /** operand */
  not: 2,
  /** count, operands */
  and: 3,
  /** count, operands */
  or: 4,
  /** slot, constant, constant: ends included */
  range: 5,
  /** slot, count, constants */
  in: 6,
  /** slot, element */
  has: 7,
  /** slot, slot */
  equal: 8,
  /** slot, slot */
  less: 9,
  /** slot, slot: the texts themselves */
  same: 10,
  /** purpose */
  consent: 11,
  /** purpose */
  explicit: 12,
  /** purpose */
  objection: 13,
  outbound: 14,
  /** The interaction's last day is not past. */
  until: 15,
} as const;

/** Up to so many parts, a condition that others share is evaluated again where it is needed. */
const smallLength = 32;

/** What ranges become whose bounds are small: slot, bounds themselves. */
const atLeast = 16;
const atMost = 17;
const between = 18;

/** The moment that conditions are asked in. */
export interface Moment {
  purpose: number;
  /** 2: the company started the interaction, 0: the customer, 1: not known. */
  outbound: number;
  /** The interaction's last day as YYYYMMDD. */
  until: number;
  /** Distinguishes one piece of one request from another. */
  round: number;
}

/** A policy's conditions. Each is read when it is first needed. */
export class Conditions {
  readonly moment: Moment = { purpose: 0, outbound: 1, until: 0, round: 0 };
  private readonly texts: readonly string[];
  private readonly facts: Facts;
  private readonly permissions: Permissions;
  private readonly constants: Float64Array;
  private readonly starts: (number | undefined)[] = [];
  /** How many parts it takes to evaluate each. */
  private readonly lengths: number[] = [];
  private readonly slots: (ReadonlySet<number> | undefined)[] = [];
  /** Operations, each with the places of its operands. */
  private readonly code = new Numbers();
  /** A condition that several share is evaluated once a round. */
  private readonly rounds: Float64Array;
  private readonly results: Uint8Array;

  constructor({ conditions, constants }: Tables, facts: Facts, permissions: Permissions) {
    this.texts = conditions;
    this.facts = facts;
    this.permissions = permissions;
    this.constants = Float64Array.from(constants, (bound) =>
      bound === null ? Number.POSITIVE_INFINITY : bound === false ? Number.NEGATIVE_INFINITY : bound,
    );
    this.rounds = new Float64Array(conditions.length + 1);
    this.results = new Uint8Array(conditions.length + 1);
  }

  /** The slots of the facts that stand anywhere in a condition. */
  slotsOf(condition: number): ReadonlySet<number> {
    this.startOf(condition);
    return this.slots[condition] as ReadonlySet<number>;
  }

  /**
   * How `evaluate` calls a condition: twice the place where it begins, and one more if it is negated. Negations take no
   * place of their own.
   */
  startOf(condition: number): number {
    const known = this.starts[condition];
    if (known !== undefined) return known;
    const { code, facts } = this;
    const text = readDigits(this.texts[condition - 1] as string);
    const slots = new Set<number>();
    let size = 0;
    let at = 0;
    const next = () => text[at++] as number;
    const operand = (): number => {
      const kind = next();
      size++;
      if (kind === op.not) return operand() ^ 1;
      const node = [kind];
      if (kind === op.and || kind === op.or) {
        node.push(next());
        for (let i = node[1] as number; i > 0; i--) node.push(operand());
      } else if (kind === op.literal) node.push(next());
      else if (kind === op.call) {
        const called = next();
        const start = this.startOf(called);
        for (const slot of this.slotsOf(called)) slots.add(slot);
        // What is small is evaluated again sooner than remembered; only sharing of shared parts could grow out of hand.
        size += this.lengths[called] as number;
        if ((this.lengths[called] as number) <= smallLength) return start;
        node.push(called, start);
      } else if (kind === op.has) {
        const slot = next();
        slots.add(slot);
        node.push(...facts.bitOf(slot, next()));
      } else if (kind === op.consent || kind === op.explicit || kind === op.objection) {
        slots.add(kind === op.objection ? objectionsSlot : consentsSlot);
        node.push(next());
      } else if (kind === op.until) slots.add(todaySlot);
      else if (kind !== op.outbound) {
        const slot = next();
        slots.add(slot);
        node.push(slot, next());
        if (kind === op.range) return 2 * code.add(this.inlined(node, next()));
        else if (kind === op.in) for (let i = node[2] as number; i > 0; i--) node.push(next());
        else slots.add(node[2] as number);
      }
      return 2 * code.add(node);
    };
    const start = operand();
    this.starts[condition] = start;
    this.slots[condition] = slots;
    this.lengths[condition] = size;
    return start;
  }

  /** A range with its bounds in place, where they are small; else as it is. */
  private inlined([kind, slot, first]: readonly number[], second: number): readonly number[] {
    const [from, to] = [this.constant(first as number), this.constant(second)];
    if (from === (from | 0) && to === (to | 0)) return [between, slot as number, from, to];
    if (from === (from | 0) && to === Number.POSITIVE_INFINITY) return [atLeast, slot as number, from];
    if (to === (to | 0) && from === Number.NEGATIVE_INFINITY) return [atMost, slot as number, to];
    return [kind as number, slot as number, first as number, second];
  }

  /**
   * Three-valued by Kleene's tables: 0 false, 1 unknown, 2 true, so that `and` is the least and `or` the greatest.
   *
   * @param start As `startOf` gives it.
   */
  evaluate(start: number): number {
    const value = this.run(start >> 1);
    return start & 1 ? 2 - value : value;
  }

  private run(at: number): number {
    const code = this.code.all;
    switch (code[at]) {
      case atLeast: {
        const value = this.fact(code[at + 1] as number);
        return value >= (code[at + 2] as number) ? 2 : Number.isNaN(value) ? 1 : 0;
      }
      case atMost: {
        const value = this.fact(code[at + 1] as number);
        return value <= (code[at + 2] as number) ? 2 : Number.isNaN(value) ? 1 : 0;
      }
      case between: {
        const value = this.fact(code[at + 1] as number);
        const holds = value >= (code[at + 2] as number) && value <= (code[at + 3] as number);
        return holds ? 2 : Number.isNaN(value) ? 1 : 0;
      }
      case op.range: {
        const value = this.fact(code[at + 1] as number);
        const holds = value >= this.constant(code[at + 2] as number) && value <= this.constant(code[at + 3] as number);
        return holds ? 2 : Number.isNaN(value) ? 1 : 0;
      }
      case op.and: {
        let least = 2;
        const end = at + 2 + (code[at + 1] as number);
        for (let i = at + 2; i < end; i++) {
          const value = this.evaluate(code[i] as number);
          if (value === 0) return 0;
          if (value < least) least = value;
        }
        return least;
      }
      case op.or: {
        let greatest = 0;
        const end = at + 2 + (code[at + 1] as number);
        for (let i = at + 2; i < end; i++) {
          const value = this.evaluate(code[i] as number);
          if (value === 2) return 2;
          if (value > greatest) greatest = value;
        }
        return greatest;
      }
      case op.call: {
        const condition = code[at + 1] as number;
        if (this.rounds[condition] !== this.moment.round) {
          this.results[condition] = this.evaluate(code[at + 2] as number);
          this.rounds[condition] = this.moment.round;
        }
        return this.results[condition] as number;
      }
      case op.in: {
        const value = this.fact(code[at + 1] as number);
        if (Number.isNaN(value)) return 1;
        const end = at + 3 + (code[at + 2] as number);
        for (let i = at + 3; i < end; i++) if (this.constant(code[i] as number) === value) return 2;
        return 0;
      }
      case op.has: {
        // A set is unknown as a whole: all its words are NaN then.
        const word = this.fact(code[at + 1] as number);
        return Number.isNaN(word) ? 1 : ((word >> (code[at + 2] as number)) & 1) * 2;
      }
      case op.consent:
        return this.permissions.hasConsents() ? test(this.permissions.consent(this.purpose(at))) : 1;
      case op.explicit:
        return this.permissions.hasConsents() ? test(this.permissions.explicitConsent(this.purpose(at))) : 1;
      case op.objection:
        return this.permissions.hasObjections() ? test(this.permissions.objection(this.purpose(at))) : 1;
      case op.equal:
      case op.less: {
        const left = this.fact(code[at + 1] as number);
        const right = this.fact(code[at + 2] as number);
        if (Number.isNaN(left) || Number.isNaN(right)) return 1;
        return test(code[at] === op.equal ? left === right : left < right);
      }
      case op.same: {
        const [left, right] = [code[at + 1] as number, code[at + 2] as number];
        if (!this.known(left) || !this.known(right)) return 1;
        return test(this.facts.texts[left] === this.facts.texts[right]);
      }
      case op.outbound:
        return this.moment.outbound;
      case op.until:
        return this.known(todaySlot) ? test(this.fact(todaySlot) <= this.moment.until) : 1;
      default:
        return code[at + 1] as number;
    }
  }

  private fact(slot: number): number {
    return this.facts.values[slot] as number;
  }
  private known(slot: number): boolean {
    return !Number.isNaN(this.facts.values[slot]);
  }
  private constant(index: number): number {
    return this.constants[index] as number;
  }
  private purpose(at: number): number {
    const given = this.code.all[at + 1] as number;
    return given === 0 ? this.moment.purpose : given - 1;
  }
}

function test(holds: boolean): number {
  return holds ? 2 : 0;
}
