import type { Permissions } from "./consents.ts";
import type { Facts } from "./facts.ts";
import { part } from "./interaction.ts";
import { lists } from "./names.ts";
import type { Tables } from "./tables.ts";

/**
 * 0: false, 2: unknown, 3: true. The upper bit says that it may hold, the lower that it does, so that by Kleene's tables
 * `and` and `or` are those of the bits.
 */
export type Kleene = number;
export type Condition = () => Kleene;

/**
 * The conditions of a policy, as code. Leaves refer to them from 1; 0 is always true.
 *
 * @param facts The numbers that facts.ts makes of what is known, by slot; NaN is unknown.
 */
export type CompiledConditions = (facts: Float64Array, moment: Moment) => readonly Condition[];

/** What conditions ask for beside the numbers of facts. */
export class Moment {
  /** The request's purpose. */
  purpose = 0;
  /** Where the request's interaction stands in `interactions`. */
  interaction = 0;
  /** Distinguishes one piece of one request from another. */
  round = 0;
  private readonly facts: Facts;
  private readonly permissions: Permissions;
  private readonly interactions: Int32Array;
  private readonly rounds: number[] = [];
  private readonly results: Kleene[] = [];

  /** @param interactions The numbers of each; see `part`. */
  constructor(facts: Facts, permissions: Permissions, interactions: Int32Array) {
    this.facts = facts;
    this.permissions = permissions;
    this.interactions = interactions;
  }

  /** Whether the company started the interaction. */
  get outbound(): Kleene {
    return this.interactions[this.interaction + part.outbound] as Kleene;
  }
  /** The interaction's last day as YYYYMMDD. */
  get until(): number {
    return this.interactions[this.interaction + part.until] as number;
  }

  not(value: Kleene): Kleene {
    return value === 0 ? 3 : value === 3 ? 0 : 2;
  }

  consent(purpose: number): Kleene {
    return this.permissions.hasConsents() ? truth(this.permissions.consent(purpose)) : 2;
  }
  explicit(purpose: number): Kleene {
    return this.permissions.hasConsents() ? truth(this.permissions.explicitConsent(purpose)) : 2;
  }
  objection(purpose: number): Kleene {
    return this.permissions.hasObjections() ? truth(this.permissions.objection(purpose)) : 2;
  }

  /** A set with that element. */
  has(slot: number, element: number): Kleene {
    const [word, bit] = this.facts.bitOf(slot, element);
    // A set is unknown as a whole: all its words are NaN then.
    const value = this.facts.values[word] as number;
    return Number.isNaN(value) ? 2 : truth(((value >> bit) & 1) === 1);
  }
  equal(slot: number, other: number): Kleene {
    return this.areKnown(slot, other) ? truth(this.facts.values[slot] === this.facts.values[other]) : 2;
  }
  less(slot: number, other: number): Kleene {
    const { values } = this.facts;
    return this.areKnown(slot, other) ? truth((values[slot] as number) < (values[other] as number)) : 2;
  }
  /** Equal texts. */
  same(slot: number, other: number): Kleene {
    return this.areKnown(slot, other) ? truth(this.facts.texts[slot] === this.facts.texts[other]) : 2;
  }

  /** A large part of several conditions is asked once: parts of parts would be asked over and over. */
  once(index: number, condition: Condition): Kleene {
    if (this.rounds[index] !== this.round) {
      this.results[index] = condition();
      this.rounds[index] = this.round;
    }
    return this.results[index] as Kleene;
  }

  private areKnown(slot: number, other: number): boolean {
    const { values } = this.facts;
    return !Number.isNaN(values[slot]) && !Number.isNaN(values[other]);
  }
}

function truth(holds: boolean): Kleene {
  return holds ? 3 : 0;
}

export interface Conditions {
  /** From 0. */
  readonly list: readonly Condition[];
  /** For each, the slots of the facts that stand anywhere in it. */
  readonly slots: readonly (readonly number[])[];
}

export function conditionsOf(tables: Tables, facts: Facts, moment: Moment): Conditions {
  return { list: tables.conditions(facts.values, moment), slots: lists(tables.conditionSlots) };
}
