import type { Expr, Id, Interaction, Model, World } from "@scruple/model";
import type { Context, Occasion } from "../context.ts";
import { FactSpace } from "../fact-space.ts";
import { TooLargeError } from "../too-large-error.ts";
import type { Cell } from "./cell.ts";
import type { CellOf } from "./cell-of.ts";
import { Ground } from "./ground.ts";
import type { InteractionPartition, Scope as ScopeInside } from "./interaction-partition.ts";
import { type DecidedCell, InteractionSpace } from "./interaction-space.ts";
import { Partition } from "./partition.ts";

export interface DecisionSpaceOptions {
  /** How many nodes the diagrams of one space of facts may take together. */
  readonly limit?: number;
  /** What will be asked besides the conditions of the model. */
  readonly further?: readonly Expr[];
  /** That of a model that was alike but for its interactions. */
  readonly ground?: Ground;
}

/** Which requests are looked at; what is left out restricts nothing. */
export interface Scope extends ScopeInside {
  readonly interactions?: readonly Id[];
}

/** What is known of so many interactions is kept, those asked about last: more would only live long enough to be copied by the collector. */
const most = 2;

/** Every request that a model can be asked, in cells, and how each is decided; interaction by interaction, as one asks. */
export class DecisionSpace {
  readonly world: World;
  readonly ground: Ground;
  readonly partition: Partition;
  private readonly options: DecisionSpaceOptions;
  private readonly latest = new Map<Id, InteractionPartition>();
  /** Cells belong to the partition that they come from. */
  private readonly spaces = new WeakMap<InteractionPartition, InteractionSpace>();
  private facts: FactSpace | null = null;

  /** @throws Error where the model contradicts itself; a compiled model does not. */
  constructor(model: Model, options: DecisionSpaceOptions = {}) {
    this.ground = options.ground ?? new Ground(model);
    this.world = this.ground.worldOf(model);
    this.partition = new Partition(this.ground, this.world);
    this.options = options;
  }

  of(interaction: Interaction): InteractionSpace {
    return this.within(this.latest.get(interaction.id) ?? this.partition.of(interaction));
  }

  private within(partition: InteractionPartition): InteractionSpace {
    const { id } = partition.interaction;
    const { further = [] } = this.options;
    this.latest.delete(id);
    this.latest.set(id, partition);
    for (const oldest of this.latest.keys()) if (this.latest.size > most) this.latest.delete(oldest);
    const known = this.spaces.get(partition) ?? new InteractionSpace(this.partition, partition, further, this.options);
    this.spaces.set(partition, known);
    return known;
  }

  /** Cells of the requests in scope; without `unselected`, only those that some allow selects. */
  *cells({ interactions, ...scope }: Scope = {}): Generator<Cell> {
    for (const interaction of this.world.model.interactions)
      if (interactions?.includes(interaction.id) ?? true) yield* this.of(interaction).partition.cells(scope);
  }

  /** @throws TooLargeError where a cell is too much even for a space of its own; it names the rules */
  decide(cell: Cell): DecidedCell {
    return this.within((cell as CellOf).partition).decide(cell as CellOf);
  }

  /**
   * What conditions come to, on one occasion and over all facts, whichever interaction it is.
   *
   * @throws TooLargeError
   */
  ask<T>(occasion: Occasion, expressions: readonly Expr[], answer: (context: Context) => T): T {
    if (this.facts?.covers(expressions) !== true) {
      const known = this.facts?.expressions ?? [...this.ground.expressions, ...(this.options.further ?? [])];
      this.facts = new FactSpace(this.world, [...known, ...expressions], this.options);
    }
    try {
      return answer(this.facts.context(occasion, expressions));
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      // What fills it is of no use to others.
      this.facts = null;
      return answer(new FactSpace(this.world, expressions, this.options).context(occasion, expressions));
    }
  }
}
