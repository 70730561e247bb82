import { type Condition, wordSize } from "./code.ts";
import { type Borne, merge, type Outcome, outcomeOf, outside, type Rule } from "./outcome.ts";
import { PairMap } from "./pair-map.ts";

/** More conditions than this have too many outcomes to count in 31 bits. */
const mostConditions = 15;
/** Who sends requests must not fill the memory: with more than this, a guard forgets all and begins anew. */
const mostRemembered = 200_000;
/** The leaf without rules. */
const empty = 0;
/** The cell of all acts outside the bounds of their interactions. */
export const outsideCell = 0;

/** The conditions of the denials that bear on a cell, and those of the allows, each once. */
export interface Conditions {
  readonly denials: readonly Condition[];
  readonly allows: readonly Condition[];
}

const always: Condition = () => 3;

/**
 * The rules that bear on acts, and what they came to before. A **leaf** is what a diagram leads to, or several that were
 * joined. A **cell** is a leaf made ready to be decided. How its conditions come out is a number of two bits each, under
 * which the outcome is found again.
 *
 * @param conditions By number, from 1; 0 is always true.
 * @param slotsOf For each condition, the slots of the facts that stand anywhere in it.
 * @param words How many words of bits it takes to name all slots.
 */
export function cellsOf(
  ruleAt: (index: number) => Rule,
  conditions: readonly Condition[],
  slotsOf: readonly (readonly number[])[],
  words: number,
) {
  /** Of each leaf: rule, condition, rule, condition, … */
  const leaves: (readonly number[])[] = [[]];
  const joined = new PairMap();
  /** By leaf, where its cell stands. */
  const places: number[] = [];
  /**
   * All cells side by side, so that few lines of memory are touched: of each the leaf, how its conditions came out last, the
   * outcome of that, words of bits for the slots that it needs, the count of conditions, the conditions.
   */
  let cells = new Int32Array(1024);
  let end = 4 + words;
  const found = new PairMap();
  /** Each once, by what it says: the fewer there are, the nearer they are. */
  const outcomes: Outcome[] = [outside];
  const outcomeIds = new Map<string, number>();
  const addOutcome = (outcome: Outcome): number => {
    const key = JSON.stringify(outcome);
    const id = outcomeIds.get(key) ?? outcomes.push(outcome) - 1;
    outcomeIds.set(key, id);
    return id;
  };
  const merged = new PairMap();
  const slotsAt = (condition: number) => slotsOf[condition - 1] ?? [];
  const conditionAt = (number: number): Condition => (number === 0 ? always : (conditions[number - 1] as Condition));
  /** The distinct conditions of a leaf, but the one that always holds. */
  const askedBy = (leaf: number) => [
    ...new Set((leaves[leaf] as readonly number[]).filter((condition, i) => i & 1 && condition)),
  ];

  /** The rules of a leaf, and how their conditions come out. */
  const borneBy = (leaf: number): readonly Borne[] => {
    const rules = leaves[leaf] as readonly number[];
    return rules.flatMap((index, i) => {
      const condition = rules[i + 1] as number;
      return i & 1 ? [] : [{ rule: ruleAt(index), value: conditionAt(condition)(), slots: slotsAt(condition) }];
    });
  };
  const decideAnew = (leaf: number): number => addOutcome(outcomeOf(borneBy(leaf)));
  const addLeaf = (rules: readonly number[]): number => (rules.length === 0 ? empty : leaves.push(rules) - 1);

  return {
    isFull: () => joined.size + found.size + merged.size + outcomes.length > mostRemembered,
    addLeaf,
    /** All that bears on an act from two sides. */
    join: (one: number, other: number): number => {
      if (other === empty) return one;
      if (one === empty) return other;
      const known = joined.get(one, other);
      if (known >= 0) return known;
      const pairs = new Map<string, readonly number[]>();
      for (const rules of [leaves[one], leaves[other]] as (readonly number[])[])
        for (let i = 0; i < rules.length; i += 2) pairs.set(`${rules[i]} ${rules[i + 1]}`, rules.slice(i, i + 2));
      const leaf = addLeaf([...pairs.values()].flat());
      joined.set(one, other, leaf);
      return leaf;
    },
    cellOf: (leaf: number): number => {
      const known = places[leaf];
      if (known !== undefined) return known;
      const asked = askedBy(leaf);
      const cell = [leaf, -1, 0, ...Array<number>(words).fill(0), asked.length, ...asked.map((one) => one - 1)];
      for (const slot of asked.flatMap(slotsAt)) {
        const word = 3 + Math.floor(slot / wordSize);
        cell[word] = (cell[word] as number) | (1 << (slot % wordSize));
      }
      const at = end;
      end += cell.length;
      if (end > cells.length) {
        const larger = new Int32Array(2 * end);
        larger.set(cells);
        cells = larger;
      }
      cells.set(cell, at);
      places[leaf] = at;
      return at;
    },
    /** Notes the slots on which a cell depends. */
    need: (cell: number, needed: Int32Array): void => {
      for (let i = 0; i < words; i++) needed[i] = (needed[i] as number) | (cells[cell + 3 + i] as number);
    },
    /** What a cell comes to; the facts that it needs have been read. */
    decide: (cell: number): number => {
      const from = cell + 4 + words;
      const count = cells[from - 1] as number;
      let values = 0;
      for (let i = 0; i < count; i++) {
        values = (values << 2) | (conditions[cells[from + i] as number] as Condition)();
      }
      if (count > mostConditions) return decideAnew(cells[cell] as number);
      if (cells[cell + 1] === values) return cells[cell + 2] as number;
      let outcome = found.get(cell, values);
      if (outcome < 0) {
        outcome = decideAnew(cells[cell] as number);
        found.set(cell, values, outcome);
      }
      cells[cell + 1] = values;
      cells[cell + 2] = outcome;
      return outcome;
    },
    conditionsOf: (cell: number): Conditions => {
      const rules = leaves[cells[cell] as number] as readonly number[];
      const of = (isMeant: (effect: number) => boolean) => {
        const meant = rules.filter((_, i) => i & 1 && isMeant(ruleAt(rules[i - 1] as number).effect));
        return [...new Set(meant)].map(conditionAt);
      };
      return { denials: of((effect) => (effect & 1) === 1), allows: of((effect) => effect === 0) };
    },
    /** The rules that bear on a cell; the facts that it needs have been read. */
    borne: (cell: number): readonly Borne[] => borneBy(cells[cell] as number),
    /** The outcome of pieces that are decided together, from those of some and of one more. */
    merge: (one: number, other: number): number => {
      if (one === other) return one;
      const known = merged.get(one, other);
      if (known >= 0) return known;
      const outcome = addOutcome(merge([outcomes[one] as Outcome, outcomes[other] as Outcome]));
      merged.set(one, other, outcome);
      return outcome;
    },
    outcome: (index: number): Outcome => outcomes[index] as Outcome,
  };
}
