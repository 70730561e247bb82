import type { Condition, Conditions } from "./condition.ts";
import type { Facts } from "./facts.ts";
import { Numbers } from "./numbers.ts";
import { type Borne, merge, type Outcome, outcomeOf, outside } from "./outcome.ts";
import { PairMap } from "./pair-map.ts";
import type { Rule } from "./rules.ts";

/** More conditions than this have too many outcomes to count in 31 bits. */
const mostConditions = 15;
/** Who sends requests must not fill the memory: with more than this, a guard forgets all and begins anew. */
const mostRemembered = 200_000;

/** The leaf without rules. */
const empty = 0;
/** The cell of all acts outside the bounds of their interactions. */
export const outsideCell = 0;

/**
 * The rules that bear on acts, and what they came to before. A **leaf** is what a diagram leads to, or several that were
 * joined. A **cell** is a leaf made ready to be decided. How its conditions come out is a number of two bits each, under which
 * the outcome is found again.
 */
export class Cells {
  private readonly ruleAt: (index: number) => Rule;
  private readonly conditions: Conditions;
  /** Of each leaf: rule, condition, rule, condition, … */
  private readonly leaves: (readonly number[])[] = [[]];
  private readonly joined = new PairMap();
  /** By leaf, where its cell stands in `numbers`. */
  private readonly places = new Map<number, number>();
  /**
   * Of a cell: the leaf, how its conditions came out last, and the outcome of that; the count of slots, the slots, the
   * count of conditions, the conditions.
   */
  private readonly numbers = new Numbers();
  private readonly acts = new PairMap();
  private readonly found = new PairMap();
  private readonly merged = new PairMap();
  /** Each once, by what it says. */
  private readonly outcomes: Outcome[] = [];
  private readonly outcomeIds = new Map<string, number>();
  private readonly values: number[] = [];

  constructor(ruleAt: (index: number) => Rule, conditions: Conditions) {
    this.ruleAt = ruleAt;
    this.conditions = conditions;
    this.numbers.add([empty, 0, this.addOutcome(outside), 0, 0]);
  }

  get isFull(): boolean {
    return this.acts.size + this.joined.size + this.found.size + this.outcomes.length > mostRemembered;
  }

  /** @param rules Each followed by its condition. */
  addLeaf(rules: readonly number[]): number {
    return rules.length === 0 ? empty : this.leaves.push(rules) - 1;
  }

  /** All that bears on an act from two sides. */
  join(one: number, other: number): number {
    if (other === empty) return one;
    if (one === empty) return other;
    const known = this.joined.get(one, other);
    if (known >= 0) return known;
    const pairs = new Map<string, readonly number[]>();
    for (const rules of [this.rulesOf(one), this.rulesOf(other)])
      for (let i = 0; i < rules.length; i += 2) pairs.set(`${rules[i]} ${rules[i + 1]}`, rules.slice(i, i + 2));
    const leaf = this.addLeaf([...pairs.values()].flat());
    this.joined.set(one, other, leaf);
    return leaf;
  }

  /** The cell that an act, by two numbers that name it, led to before; -1 if it is new. */
  known(first: number, second: number): number {
    return this.acts.get(first, second);
  }

  remember(first: number, second: number, cell: number): void {
    this.acts.set(first, second, cell);
  }

  cellOf(leaf: number): number {
    const known = this.places.get(leaf);
    if (known !== undefined) return known;
    const asked = this.askedBy(leaf);
    const slots = [...new Set(asked.flatMap((condition) => this.slotsOf(condition)))];
    const cell = this.numbers.add([
      leaf,
      -1,
      0,
      slots.length,
      ...slots,
      asked.length,
      ...asked.map((condition) => condition - 1),
    ]);
    this.places.set(leaf, cell);
    return cell;
  }

  /** Notes the facts on which a cell depends. */
  need(cell: number, facts: Facts): void {
    const numbers = this.numbers.all;
    const end = cell + 4 + (numbers[cell + 3] as number);
    for (let i = cell + 4; i < end; i++) facts.need(numbers[i] as number);
  }

  /** What a cell comes to; the facts that it needs have been read. */
  decide(cell: number): number {
    const numbers = this.numbers.all;
    const { values } = this;
    const { list } = this.conditions;
    const from = cell + 5 + (numbers[cell + 3] as number);
    const count = numbers[from - 1] as number;
    let place = 0;
    for (let i = 0; i < count; i++) {
      const value = (list[numbers[from + i] as number] as Condition)();
      values[i] = value;
      place = (place << 2) | value;
    }
    if (count > mostConditions) return this.addOutcome(this.outcomeOf(numbers[cell] as number));
    if (numbers[cell + 1] === place) return numbers[cell + 2] as number;
    const outcome = this.outcomeAt(cell, place);
    numbers[cell + 1] = place;
    numbers[cell + 2] = outcome;
    return outcome;
  }

  private outcomeAt(cell: number, place: number): number {
    const known = this.found.get(cell, place);
    if (known >= 0) return known;
    const outcome = this.addOutcome(this.outcomeOf(this.numbers.all[cell] as number));
    this.found.set(cell, place, outcome);
    return outcome;
  }

  outcome(index: number): Outcome {
    return this.outcomes[index] as Outcome;
  }

  private addOutcome(outcome: Outcome): number {
    const key = JSON.stringify(outcome);
    const known = this.outcomeIds.get(key) ?? this.outcomes.push(outcome) - 1;
    this.outcomeIds.set(key, known);
    return known;
  }

  /** The outcome of pieces that are decided together, from those of some and of one more. */
  merge(one: number, other: number): number {
    if (one === other) return one;
    const known = this.merged.get(one, other);
    if (known >= 0) return known;
    const outcome = this.addOutcome(merge(this.outcome(one), this.outcome(other)));
    this.merged.set(one, other, outcome);
    return outcome;
  }

  private rulesOf(leaf: number): readonly number[] {
    return this.leaves[leaf] as readonly number[];
  }

  /** The distinct conditions of a leaf, but the one that always holds. */
  private askedBy(leaf: number): readonly number[] {
    return [...new Set(this.rulesOf(leaf).filter((condition, i) => i % 2 === 1 && condition > 0))];
  }

  private slotsOf(condition: number): readonly number[] {
    return this.conditions.slots[condition - 1] ?? [];
  }

  private outcomeOf(leaf: number): Outcome {
    const rules = this.rulesOf(leaf);
    const asked = this.askedBy(leaf);
    const borne: Borne[] = [];
    for (let i = 0; i < rules.length; i += 2) {
      const condition = rules[i + 1] as number;
      borne.push({
        rule: this.ruleAt(rules[i] as number),
        value: condition === 0 ? 3 : (this.values[asked.indexOf(condition)] as number),
        slots: this.slotsOf(condition),
      });
    }
    return outcomeOf(borne);
  }
}
