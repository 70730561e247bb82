import { type Expr, indexModel, type Model, type World } from "@scruple/model";
import { type CellDecision, decideCell } from "../cell.ts";
import type { Context, Occasion } from "../context.ts";
import { FactSpace } from "../fact-space.ts";
import type { Node } from "../node-store.ts";
import { TooLargeError } from "../too-large-error.ts";
import type { Cell, SelectingRule } from "./cell.ts";
import { everyExpression } from "./expressions.ts";
import { Partition, type Scope } from "./partition.ts";
import { ofPiece } from "./piece-age.ts";

/** How a cell is decided; the diagrams belong to the space of facts. */
export interface DecidedCell {
  readonly cell: Cell;
  readonly facts: FactSpace;
  readonly decision: CellDecision;
  /** What the diagrams mean for the cell's purpose: to write facts as in a request, and to ask more. */
  readonly context: Context;
}

export interface HiddenWhere {
  readonly context: Context;
  readonly allowed: Node;
  readonly hidden: Node;
}

export interface DecisionSpaceOptions {
  /** How many nodes the diagrams of one space of facts may take together. */
  readonly limit?: number;
  /** What will be asked besides the conditions and promises of the model. */
  readonly further?: readonly Expr[];
}

/**
 * Every request that a model can be asked, in cells, and how each is decided. Cells are made as they are asked for; decisions
 * are remembered by what selects. One space of facts serves all cells; where it is full, a cell gets one of its own.
 */
export class DecisionSpace {
  readonly world: World;
  readonly partition: Partition;
  private readonly options: DecisionSpaceOptions;
  private shared: FactSpace | null = null;
  private isShareable = true;
  private readonly decided = new Map<string, DecidedCell | TooLargeError>();

  /** @throws Error where the model contradicts itself; a compiled model does not. */
  constructor(model: Model, options: DecisionSpaceOptions = {}) {
    this.world = indexModel(model);
    this.partition = new Partition(this.world);
    this.options = options;
  }

  /** Cells of the requests in scope; without `unselected`, only those that some allow selects. */
  cells(scope: Scope = {}): Generator<Cell> {
    return this.partition.cells(scope);
  }

  /** @throws TooLargeError where a cell is too much even for a space of its own; it names the rules */
  decide(cell: Cell): DecidedCell {
    const known = this.decided.get(cell.key);
    if (known instanceof TooLargeError) throw known;
    if (known !== undefined) return new Known(cell, known);
    try {
      const decided = this.together([cell])[0]!;
      this.decided.set(cell.key, decided);
      return decided;
    } catch (error) {
      if (error instanceof TooLargeError) this.decided.set(cell.key, error);
      throw error;
    }
  }

  /**
   * Decides cells in one context, so that what they decide can be compared with each other and with further conditions. They
   * have to be for the same purpose, in interactions that were started by the same.
   *
   * @throws TooLargeError
   */
  together(cells: readonly Cell[], further: readonly Expr[] = []): readonly DecidedCell[] {
    const expressions = [...cells.flatMap(({ rules }) => rules.flatMap(({ condition }) => condition)), ...further];
    return this.inFacts(expressions, (facts) => {
      const context = facts.context(cells[0]!.occasion, expressions);
      return cells.map((cell) => ({ cell, facts, context, decision: decideCell(context, cell.rules) }));
    });
  }

  /**
   * Where a request of a cell is allowed, and, `hidden`, where the disclosure of its data over the same route is not: what shapes
   * an interaction and could not be explained in it. Of a pair, each piece has to be open.
   *
   * @throws TooLargeError
   */
  hidden(cell: Cell, further: readonly Expr[] = []): HiddenWhere {
    const { act } = cell;
    const disclosed = this.disclosuresOf(cell);
    const rules = [cell.rules, ...disclosed].flat();
    const expressions = [...rules.flatMap(({ condition }) => condition), ...further];
    const compute = (facts: FactSpace): HiddenWhere => {
      const context = facts.context(cell.occasion, expressions);
      const { allowed } = decideCell(context, cell.rules);
      const open = facts.diagrams.all(disclosed.map((one) => decideCell(context, one).allowed));
      return { context, allowed, hidden: facts.diagrams.and(allowed, facts.diagrams.not(open)) };
    };
    // The ages of both pieces are asked only here.
    return act.with === null
      ? this.inFacts(expressions, compute)
      : compute(new FactSpace(this.world, expressions, this.options));
  }

  private disclosuresOf({ act }: Cell): readonly (readonly SelectingRule[])[] {
    const pieces =
      act.with === null
        ? ([["data", act.field]] as const)
        : ([
            ["data", act.field],
            ["with", act.with],
          ] as const);
    return pieces.map(([piece, field]) => {
      const rules = this.partition.rulesFor({ ...act, operation: "disclose", field, with: null });
      if (act.with === null) return rules;
      return rules.map(({ rule, condition }) => ({
        rule,
        condition: condition.map((expr) => ofPiece(this.world, expr, piece)),
      }));
    });
  }

  /**
   * What conditions come to, on one occasion and over all facts.
   *
   * @throws TooLargeError
   */
  ask<T>(occasion: Occasion, expressions: readonly Expr[], answer: (context: Context) => T): T {
    return this.inFacts(expressions, (facts) => answer(facts.context(occasion, expressions)));
  }

  /** Computes in the shared space of facts, or, where that is too much, in one for some conditions alone. */
  private inFacts<T>(expressions: readonly Expr[], compute: (facts: FactSpace) => T): T {
    const shared = this.sharedFacts();
    if (shared !== null) {
      try {
        return compute(shared);
      } catch (error) {
        if (!(error instanceof TooLargeError)) throw error;
        // What fills it is of no use to others; what others have decided stays valid with the space that it belongs to.
        this.shared = null;
      }
    }
    return compute(new FactSpace(this.world, [...expressions, ...(this.options.further ?? [])], this.options));
  }

  private sharedFacts(): FactSpace | null {
    const { further = [] } = this.options;
    if (this.shared !== null || !this.isShareable) return this.shared;
    try {
      this.shared = new FactSpace(this.world, [...everyExpression(this.world), ...further], this.options);
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      this.isShareable = false;
    }
    return this.shared;
  }
}

/** A cell that is decided like another, for another purpose perhaps. */
class Known implements DecidedCell {
  readonly cell: Cell;
  readonly facts: FactSpace;
  readonly decision: CellDecision;
  private readonly like: DecidedCell;

  constructor(cell: Cell, like: DecidedCell) {
    this.cell = cell;
    this.like = like;
    this.facts = like.facts;
    this.decision = like.decision;
  }

  get context(): Context {
    const { cell, like } = this;
    if (cell.occasion.purpose === like.cell.occasion.purpose) return like.context;
    return this.facts.context(
      cell.occasion,
      like.cell.rules.flatMap(({ condition }) => condition),
    );
  }
}
