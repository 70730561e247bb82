import type { Conditions } from "./condition.ts";
import { Numbers } from "./numbers.ts";
import { type Borne, merge, type Outcome, outcomeOf } from "./outcome.ts";
import { PairMap } from "./pair-map.ts";
import type { Rule } from "./rules.ts";

/** More conditions than this have too many outcomes to count in 31 bits. */
const mostConditions = 19;
/** Who sends requests must not fill the memory: with more than this, a guard forgets all and begins anew. */
const mostRemembered = 100_000;

/**
 * A cell is the set of rules that bear on an act, from one leaf of a diagram or several, with what they came to before.
 * How their conditions come out is a number in base 3, under which the outcome is found again.
 */
export class Cells {
  private readonly ruleAt: (index: number) => Rule;
  private readonly conditions: Conditions;
  /** Of each cell: rule, condition, rule, condition, … */
  private readonly rules: (readonly number[])[] = [[]];
  private readonly empty = 0;
  /** Where a cell's numbers stand, or 0: the count of slots, the slots, the count of conditions, where each begins. */
  private readonly places = new Numbers();
  private readonly numbers = new Numbers();
  private readonly joined = new PairMap();
  private readonly found = new PairMap();
  private readonly merged = new PairMap();
  private readonly outcomes: Outcome[] = [];
  private readonly values: number[] = [];

  constructor(ruleAt: (index: number) => Rule, conditions: Conditions) {
    this.ruleAt = ruleAt;
    this.conditions = conditions;
    this.numbers.add([0]);
    this.places.add([this.numbers.add([0, 0])]);
  }

  get isFull(): boolean {
    return this.joined.size + this.outcomes.length > mostRemembered;
  }

  /** @param rules Each followed by its condition. */
  add(rules: readonly number[]): number {
    if (rules.length === 0) return this.empty;
    this.places.add([0]);
    return this.rules.push(rules) - 1;
  }

  /** All that bears on an act from two sides. */
  join(one: number, other: number): number {
    if (other === this.empty) return one;
    if (one === this.empty) return other;
    const known = this.joined.get(one, other);
    if (known >= 0) return known;
    const pairs = new Map<string, readonly number[]>();
    for (const rules of [this.rulesOf(one), this.rulesOf(other)])
      for (let i = 0; i < rules.length; i += 2) pairs.set(`${rules[i]} ${rules[i + 1]}`, rules.slice(i, i + 2));
    const cell = this.add([...pairs.values()].flat());
    this.joined.set(one, other, cell);
    return cell;
  }

  /** Calls back with each slot of a fact on which the cell depends. */
  need(cell: number, slots: (slot: number) => void): void {
    const at = this.placeOf(cell);
    const numbers = this.numbers.all;
    const end = at + (numbers[at] as number);
    for (let i = at + 1; i <= end; i++) slots(numbers[i] as number);
  }

  /** What the cell comes to; the facts that it needs have been read. */
  decide(cell: number): number {
    const at = this.placeOf(cell);
    const numbers = this.numbers.all;
    const { values } = this;
    const from = at + 2 + (numbers[at] as number);
    const count = numbers[from - 1] as number;
    let place = 0;
    for (let i = 0; i < count; i++) {
      const value = this.conditions.evaluate(numbers[from + i] as number);
      values[i] = value;
      place = place * 3 + value;
    }
    if (count > mostConditions) return this.outcomes.push(this.outcomeOf(cell)) - 1;
    const known = this.found.get(cell, place);
    if (known >= 0) return known;
    const outcome = this.outcomes.push(this.outcomeOf(cell)) - 1;
    this.found.set(cell, place, outcome);
    return outcome;
  }

  outcome(index: number): Outcome {
    return this.outcomes[index] as Outcome;
  }

  addOutcome(outcome: Outcome): number {
    return this.outcomes.push(outcome) - 1;
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

  private rulesOf(cell: number): readonly number[] {
    return this.rules[cell] as readonly number[];
  }

  private placeOf(cell: number): number {
    return (this.places.all[cell] as number) || this.prepare(cell);
  }

  private prepare(cell: number): number {
    const conditions = [...new Set(this.rulesOf(cell).filter((condition, i) => i % 2 === 1 && condition > 0))];
    const slots = [...new Set(conditions.flatMap((condition) => [...this.conditions.slotsOf(condition)]))];
    const starts = conditions.map((condition) => this.conditions.startOf(condition));
    const at = this.numbers.add([slots.length, ...slots, starts.length, ...starts]);
    this.places.all[cell] = at;
    return at;
  }

  private outcomeOf(cell: number): Outcome {
    const rules = this.rulesOf(cell);
    const asked = [...new Set(rules.filter((condition, i) => i % 2 === 1 && condition > 0))];
    const borne: Borne[] = [];
    for (let i = 0; i < rules.length; i += 2) {
      const condition = rules[i + 1] as number;
      borne.push({
        rule: this.ruleAt(rules[i] as number),
        value: condition === 0 ? 2 : (this.values[asked.indexOf(condition)] as number),
        slots: condition === 0 ? [] : [...this.conditions.slotsOf(condition)],
      });
    }
    return outcomeOf(borne);
  }
}
