import type { Conditions, Moment } from "./condition.ts";
import type { Leaf } from "./diagram.ts";
import { type Borne, type Outcome, outcomeOf } from "./outcome.ts";
import type { Rule } from "./rules.ts";

/**
 * The rules that bear on one act, from one leaf or several, and what they came to before. How their conditions come out
 * is a number in base 3, under which the outcome is found again.
 */
export interface Cell extends Leaf {
  /** The distinct conditions that its rules ask. */
  conditions: readonly number[];
  /** The slots that these depend on. */
  slots: readonly number[];
  outcomes: Outcome[];
  prepared: boolean;
  /** What it comes to together with other leaves, by their ids. */
  joined: Map<number, Cell>;
  /** The generation of `joined` and of `outcomes`: what is of an earlier one is forgotten. */
  generation: number;
  /** The latest of `joined`. */
  lastId: number;
  last: Cell | undefined;
}

export interface Cells {
  leafOf(rules: readonly number[]): Cell;
  join(one: Cell, other: Cell): Cell;
  /** Reads the facts that the cell depends on, unless they have been read since a round, and evaluates. */
  decide(cell: Cell, since: number): Outcome;
  /** Has a slot read again. */
  reread(slot: number): void;
}

/** More conditions than this have too many outcomes to count in 32 bits. */
const mostConditions = 20;
/** Remembered joins and outcomes, all cells together; then all are forgotten, so that memory is bounded. */
const mostRemembered = 50_000;

export function cellsOf(
  ruleAt: (index: number) => Rule,
  conditions: Conditions,
  moment: Moment,
  slotCount: number,
  read: (slot: number) => void,
): Cells {
  let ids = 0;
  let generation = 0;
  let remembered = 0;
  /** In which round a slot was last read. */
  const reads = new Float64Array(slotCount);

  const leafOf = (rules: readonly number[]): Cell => ({
    id: ids++,
    rules,
    conditions: [],
    slots: [],
    outcomes: [],
    prepared: false,
    joined: new Map(),
    generation,
    lastId: -1,
    last: undefined,
  });

  const remember = (cell: Cell): void => {
    if (++remembered > mostRemembered) {
      remembered = 0;
      generation++;
    }
    if (cell.generation === generation) return;
    cell.generation = generation;
    cell.joined = new Map();
    cell.lastId = -1;
    cell.outcomes = [];
  };

  const joinAnew = (one: Cell, other: Cell): Cell => {
    remember(one);
    const pairs = new Map<string, readonly number[]>();
    for (const { rules } of [one, other])
      for (let i = 0; i < rules.length; i += 2) pairs.set(`${rules[i]} ${rules[i + 1]}`, rules.slice(i, i + 2));
    const cell = leafOf([...pairs.values()].flat());
    one.joined.set(other.id, cell);
    return cell;
  };

  const prepare = (cell: Cell): void => {
    const asked = new Set(cell.rules.filter((condition, i) => i % 2 === 1 && condition > 0));
    cell.conditions = [...asked];
    cell.slots = [...new Set(cell.conditions.flatMap((condition) => [...conditions.slotsOf(condition)]))];
    cell.prepared = true;
  };

  const values: number[] = [];
  const outcomeAnew = (cell: Cell): Outcome => {
    const borne: Borne[] = [];
    for (let i = 0; i < cell.rules.length; i += 2) {
      const condition = cell.rules[i + 1] as number;
      borne.push({
        rule: ruleAt(cell.rules[i] as number),
        value: condition === 0 ? 2 : (values[cell.conditions.indexOf(condition)] as number),
        slots: condition === 0 ? [] : [...conditions.slotsOf(condition)],
      });
    }
    return outcomeOf(borne);
  };

  return {
    leafOf,
    join: (one, other) => {
      if (other.rules.length === 0) return one;
      if (one.rules.length === 0) return other;
      if (one.lastId === other.id) return one.last as Cell;
      const cell = one.joined.get(other.id) ?? joinAnew(one, other);
      one.last = cell;
      one.lastId = other.id;
      return cell;
    },
    reread: (slot) => {
      reads[slot] = 0;
    },
    decide: (cell, since) => {
      if (!cell.prepared) prepare(cell);
      const { slots, conditions: asked, outcomes } = cell;
      for (let i = 0; i < slots.length; i++) {
        const slot = slots[i] as number;
        if ((reads[slot] as number) < since) {
          reads[slot] = moment.round;
          read(slot);
        }
      }
      let place = 0;
      for (let i = 0; i < asked.length; i++) {
        const value = conditions.evaluate(asked[i] as number);
        values[i] = value;
        place = place * 3 + value;
      }
      if (asked.length > mostConditions) return outcomeAnew(cell);
      const known = outcomes[place];
      if (known !== undefined) return known;
      remember(cell);
      const outcome = outcomeAnew(cell);
      cell.outcomes[place] = outcome;
      return outcome;
    },
  };
}
