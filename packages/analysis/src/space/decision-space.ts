import { type Expr, indexModel, type Model, type World } from "@scruple/model";
import { type CellDecision, decideCell } from "../cell.ts";
import type { Context } from "../context.ts";
import { FactSpace } from "../fact-space.ts";
import { TooLargeError } from "../too-large-error.ts";
import type { Cell } from "./cell.ts";
import { everyExpression } from "./expressions.ts";
import { Partition, type Scope } from "./partition.ts";

/** How a cell is decided; the diagrams belong to the context's space of facts. */
export interface DecidedCell {
  readonly cell: Cell;
  readonly context: Context;
  readonly decision: CellDecision;
}

export interface DecisionSpaceOptions {
  /** How many nodes the diagrams of one space of facts may take together. */
  readonly limit?: number;
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
  private readonly decided = new Map<string, Omit<DecidedCell, "cell"> | TooLargeError>();

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
    if (known !== undefined) return { cell, ...known };
    try {
      const { context, decision } = this.together([cell])[0]!;
      this.decided.set(cell.key, { context, decision });
      return { cell, context, decision };
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
      return cells.map((cell) => ({ cell, context, decision: decideCell(context, cell.rules) }));
    });
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
    return compute(new FactSpace(this.world, expressions, this.options));
  }

  private sharedFacts(): FactSpace | null {
    if (this.shared !== null || !this.isShareable) return this.shared;
    try {
      this.shared = new FactSpace(this.world, everyExpression(this.world), this.options);
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      this.isShareable = false;
    }
    return this.shared;
  }
}
