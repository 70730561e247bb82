import type { Act } from "@scruple/model";
import { type CellDecision, decisionOf, type RuleDiagrams, ruleDiagrams, tooLarge } from "../cell.ts";
import type { Context } from "../context.ts";
import { FALSE, type Node } from "../node-store.ts";
import { TooLargeError } from "../too-large-error.ts";
import type { CellOf } from "./cell-of.ts";
import type { InteractionPartition } from "./interaction-partition.ts";

/** What the cells of a partition decide, in one context. Rules are read once, and so is each set of them. */
export class Reading {
  readonly context: Context;
  private readonly partition: InteractionPartition;
  /** Those without exceptions, by their roots, and the others by what selects of them. */
  private readonly plain: (RuleDiagrams | undefined)[] = [];
  private readonly rules = new Map<number, RuleDiagrams>();
  private readonly allowing = new Map<number, Node>();
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
      const path = last === undefined ? null : this.partition.bearingOf(last, act).path;
      throw tooLarge(this.context.space.diagrams, made, path, error);
    }
  }

  /** Where the rules of a cell allow it; in fewer steps than it takes to decide it. @throws TooLargeError */
  whereAllowed(cell: CellOf): Node {
    const { set } = cell;
    const { ages } = cell.class;
    if (ages !== "" || this.decisions.has(set)) return this.decide(cell).allowed;
    const known = this.allowing.get(set);
    if (known !== undefined) return known;
    const { diagrams } = this.context.space;
    let [permitted, forbidden] = [FALSE, FALSE];
    try {
      for (const root of this.partition.rootsIn(set)) {
        const { applies } = this.known(root, set) ?? this.rule(root, set, false, () => cell.act);
        const { rule } = this.partition.root(root).item;
        if (rule?.effect === "allow") permitted = diagrams.or(permitted, applies);
        else if (rule === null || rule.limit === null) forbidden = diagrams.or(forbidden, applies);
      }
      const allowed = diagrams.and(permitted, diagrams.not(forbidden));
      this.allowing.set(set, allowed);
      return allowed;
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      return this.decide(cell).allowed;
    }
  }

  /** What a rule comes to that was read before, here or in another interaction. */
  private known(root: number, set: number): Pick<RuleDiagrams, "applies"> | undefined {
    const { partition } = this;
    const plain = this.plain[root];
    if (plain !== undefined) return plain;
    const key = partition.within(set, root);
    return key === partition.wholeOf(root)
      ? this.context.memo.rules.get(partition.root(root).item)
      : this.rules.get(key);
  }

  /** A rule with those of its exceptions that are in a set. */
  rule(root: number, set: number, hasAges: boolean, act: () => Act): RuleDiagrams {
    const { sets, keeps } = this.partition;
    const plain = hasAges ? undefined : this.plain[root];
    if (plain !== undefined) return plain;
    const key = this.partition.within(set, root);
    // A denial of what is too old asks a pair for the age of a piece.
    const isOfPiece = hasAges && sets.meet(key, keeps);
    const known = isOfPiece ? undefined : this.rules.get(key);
    if (known !== undefined) return known;
    const bearing = this.partition.bearingOf(root, act);
    // What stands outside interactions and comes with all its exceptions is the same in others.
    const { rules } = this.context.memo;
    const { item } = this.partition.root(root);
    const isShared = !isOfPiece && key === this.partition.wholeOf(root);
    const before = isShared ? rules.get(item) : undefined;
    const made =
      before === undefined
        ? ruleDiagrams(this.context, bearing, bearing.condition(act()))
        : { rule: bearing, condition: before.condition, applies: before.applies };
    if (isShared) rules.set(item, made);
    if (isOfPiece) return made;
    this.rules.set(key, made);
    const { at, end } = this.partition.root(root);
    if (end - at === 1) this.plain[root] = made;
    return made;
  }
}
