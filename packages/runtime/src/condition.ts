import type { Permissions } from "./consents.ts";
import { readDigits } from "./digits.ts";
import { consentsSlot, type Facts, objectionsSlot, todaySlot } from "./facts.ts";
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

/** The moment that conditions are asked in. */
export interface Moment {
  purpose: number;
  channel: number;
  consents: unknown;
  objections: unknown;
  /** 2: the company started the interaction, 0: the customer, 1: not known. */
  outbound: number;
  /** The interaction's last day as YYYYMMDD. */
  until: number;
  /** Distinguishes one piece of one request from another. */
  round: number;
}

export interface Conditions {
  /** Three-valued by Kleene's tables: 0 false, 1 unknown, 2 true, so that `and` is the least and `or` the greatest. */
  evaluate(condition: number): number;
  /** The slots of the facts that stand anywhere in it. */
  slotsOf(condition: number): ReadonlySet<number>;
}

interface Compiled {
  readonly start: number;
  readonly slots: ReadonlySet<number>;
}

export function conditionsOf(tables: Tables, facts: Facts, permissions: Permissions, moment: Moment): Conditions {
  const { values, raw } = facts;
  const constants = Float64Array.from(tables.constants, (bound) =>
    bound === null ? Number.POSITIVE_INFINITY : bound === false ? Number.NEGATIVE_INFINITY : bound,
  );
  const compiled: (Compiled | undefined)[] = [];
  // Operations with the places of their operands; a condition that several share is evaluated once a round.
  const code: number[] = [];
  const rounds = new Float64Array(tables.conditions.length + 1);
  const results = new Uint8Array(tables.conditions.length + 1);

  const compile = (condition: number): Compiled => {
    const known = compiled[condition];
    if (known !== undefined) return known;
    const text = readDigits(tables.conditions[condition - 1] as string);
    const slots = new Set<number>();
    let at = 0;
    const next = () => text[at++] as number;
    const operand = (): number => {
      const kind = next();
      const node = [kind];
      if (kind === op.and || kind === op.or) {
        const count = next();
        node.push(count);
        for (let i = 0; i < count; i++) node.push(operand());
      } else if (kind === op.not) node.push(operand());
      else if (kind === op.literal) node.push(next());
      else if (kind === op.call) {
        const called = next();
        for (const slot of compile(called).slots) slots.add(slot);
        node.push(called);
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
        if (kind === op.range) node.push(next());
        else if (kind === op.in) for (let i = node[2] as number; i > 0; i--) node.push(next());
        else slots.add(node[2] as number);
      }
      return code.push(...node) - node.length;
    };
    const result = { start: operand(), slots };
    compiled[condition] = result;
    return result;
  };

  const test = (known: boolean, holds: boolean): number => (known ? (holds ? 2 : 0) : 1);

  const run = (at: number): number => {
    switch (code[at]) {
      case op.range: {
        const value = values[code[at + 1] as number] as number;
        const holds =
          value >= (constants[code[at + 2] as number] as number) &&
          value <= (constants[code[at + 3] as number] as number);
        return holds ? 2 : Number.isNaN(value) ? 1 : 0;
      }
      case op.and: {
        let least = 2;
        const end = at + 2 + (code[at + 1] as number);
        for (let i = at + 2; i < end; i++) {
          const value = run(code[i] as number);
          if (value === 0) return 0;
          if (value < least) least = value;
        }
        return least;
      }
      case op.or: {
        let greatest = 0;
        const end = at + 2 + (code[at + 1] as number);
        for (let i = at + 2; i < end; i++) {
          const value = run(code[i] as number);
          if (value === 2) return 2;
          if (value > greatest) greatest = value;
        }
        return greatest;
      }
      case op.not:
        return 2 - run(code[at + 1] as number);
      case op.call: {
        const condition = code[at + 1] as number;
        if (rounds[condition] !== moment.round) {
          results[condition] = run((compiled[condition] as Compiled).start);
          rounds[condition] = moment.round;
        }
        return results[condition] as number;
      }
      case op.in: {
        const value = values[code[at + 1] as number] as number;
        if (Number.isNaN(value)) return 1;
        const end = at + 3 + (code[at + 2] as number);
        for (let i = at + 3; i < end; i++) if (constants[code[i] as number] === value) return 2;
        return 0;
      }
      case op.has: {
        // A set is unknown as a whole: its first word is NaN then, and so are the others.
        const word = values[code[at + 1] as number] as number;
        return Number.isNaN(word) ? 1 : ((word >> (code[at + 2] as number)) & 1) * 2;
      }
      case op.consent:
      case op.explicit:
      case op.objection: {
        const given = code[at + 1] as number;
        const purpose = given === 0 ? moment.purpose : given - 1;
        if (code[at] === op.objection) {
          const known = values[objectionsSlot] === 1;
          return test(known, known && permissions.objection(purpose));
        }
        const known = values[consentsSlot] === 1;
        return test(
          known,
          known && (code[at] === op.consent ? permissions.consent(purpose) : permissions.explicitConsent(purpose)),
        );
      }
      case op.equal:
      case op.less: {
        const left = values[code[at + 1] as number] as number;
        const right = values[code[at + 2] as number] as number;
        return test(!Number.isNaN(left) && !Number.isNaN(right), code[at] === op.equal ? left === right : left < right);
      }
      case op.same: {
        const left = raw[code[at + 1] as number];
        const right = raw[code[at + 2] as number];
        return test(typeof left === "string" && typeof right === "string", left === right);
      }
      case op.outbound:
        return moment.outbound;
      case op.until: {
        const today = values[todaySlot] as number;
        return test(!Number.isNaN(today), today <= moment.until);
      }
      default:
        return code[at + 1] as number;
    }
  };

  return {
    evaluate: (condition) => run((compiled[condition] as Compiled).start),
    slotsOf: (condition) => compile(condition).slots,
  };
}
