import type { Act } from "@scruple/model";
import { type CellDecision, decisionOf, type RuleDiagrams, ruleDiagrams, tooLarge } from "../cell.ts";
import type { Context } from "../context.ts";
import { TooLargeError } from "../too-large-error.ts";
import type { CellOf } from "./cell-of.ts";
import type { InteractionPartition } from "./interaction-partition.ts";

/** What the cells of a partition decide, in one context. Rules are read once, and so is each set of them. */
export class Reading {
  readonly context: Context;
  private readonly partition: InteractionPartition;
  private readonly rules = new Map<number, RuleDiagrams>();
  private readonly decisions = new Map<number | string, CellDecision>();

  constructor(partition: InteractionPartition, context: Context) {
    this.partition = partition;
    this.context = context;
  }

  /** @throws TooLargeError that names the rules with the largest conditions */
  decide(cell: CellOf): CellDecision {
    return this.decideSet(cell.set, cell.class.ages, () => cell.act);
  }

  /**
   * What the rules of a set decide, of an act that they select.
   *
   * @param ages Which of two pieces conditions ask the age of, in any words; "" where nothing like that is asked.
   * @throws TooLargeError
   */
  decideSet(set: number, ages: string, act: () => Act): CellDecision {
    const key = ages === "" ? set : `${set} ${ages}`;
    const known = this.decisions.get(key);
    if (known !== undefined) return known;
    const made: RuleDiagrams[] = [];
    const roots = this.partition.rootsIn(set);
    try {
      for (const root of roots) made.push(this.rule(root, set, ages !== "", act));
      const decision = decisionOf(this.context.space.diagrams, made);
      this.decisions.set(key, decision);
      return decision;
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      const last = roots[made.length];
      const path = last === undefined ? null : this.partition.bearingOf(last, act()).path;
      throw tooLarge(this.context.space.diagrams, made, path, error);
    }
  }

  /** A rule with those of its exceptions that are in a set. */
  rule(root: number, set: number, hasAges: boolean, act: () => Act): RuleDiagrams {
    const { sets, keeps } = this.partition;
    const key = this.partition.within(set, root);
    // A denial of what is too old asks a pair for the age of a piece.
    const isOfPiece = hasAges && sets.meet(key, keeps);
    const known = isOfPiece ? undefined : this.rules.get(key);
    if (known !== undefined) return known;
    const bearing = this.partition.bearingOf(root, act());
    const made = ruleDiagrams(this.context, bearing, bearing.condition(act()));
    if (!isOfPiece) this.rules.set(key, made);
    return made;
  }
}
