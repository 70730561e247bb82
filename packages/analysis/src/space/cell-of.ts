import type { Act, Id, Interaction, Operation } from "@scruple/model";
import type { Occasion } from "../context.ts";
import type { Cell, SelectingRule } from "./cell.ts";
import type { DataClass } from "./data-classes.ts";
import { actOf, type Datum, type Route } from "./datum.ts";
import type { InteractionPartition } from "./interaction-partition.ts";

/** A cell that works out only what it is asked for: most are looked at by their keys alone. */
export class CellOf implements Cell {
  readonly partition: InteractionPartition;
  readonly operation: Operation;
  readonly purposes: readonly Id[];
  readonly routes: readonly Route[];
  readonly set: number;
  /** What it was made from; cells that are parts of it have the same. */
  readonly class: DataClass;
  /** Of some of the data of its class; null for all. */
  private readonly some: readonly Datum[] | null;
  private madeAct: Act | null = null;
  private madeRules: readonly SelectingRule[] | null = null;

  constructor(
    partition: InteractionPartition,
    operation: Operation,
    ofData: DataClass,
    purposes: readonly Id[],
    routes: readonly Route[],
    set: number,
    some: readonly Datum[] | null = null,
  ) {
    this.partition = partition;
    this.operation = operation;
    this.class = ofData;
    this.some = some;
    this.purposes = purposes;
    this.routes = routes;
    this.set = set;
  }

  get data(): readonly Datum[] {
    return this.some ?? this.class.data;
  }
  /** The first of its data, or of what is so. */
  first(isMeant: (datum: Datum) => boolean = anything): Datum | null {
    const { firstPlace } = this.class;
    if (this.some === null && firstPlace !== null && isMeant === anything)
      return this.partition.ground.datumOf(firstPlace);
    const { places } = this.class;
    if (this.some !== null || places === null) return this.data.find(isMeant) ?? null;
    for (const place of places) {
      const datum = this.partition.ground.datumOf(place);
      if (isMeant(datum)) return datum;
    }
    return null;
  }
  get interaction(): Interaction {
    return this.partition.interaction;
  }
  get act(): Act {
    this.madeAct ??= actOf(this.partition.world, this, this.first()!);
    return this.madeAct;
  }
  get occasion(): Occasion {
    return { startedBy: this.interaction.startedBy, purpose: this.purposes[0]! };
  }
  /** Whether what decides it depends on which purpose it is, beyond what selects. */
  get asksPurpose(): boolean {
    return this.partition.sets.meet(this.set, this.partition.asking);
  }
  get key(): number | string {
    const purpose = this.asksPurpose ? this.purposes[0]! : "";
    return purpose === "" && this.class.ages === "" ? this.set : `${this.set} ${this.class.ages} ${purpose}`;
  }
  get rules(): readonly SelectingRule[] {
    this.madeRules ??= this.partition.rulesOn(this.act, this.set);
    return this.madeRules;
  }

  /** Some of its requests. */
  part(data: readonly Datum[], purposes: readonly Id[], routes: readonly Route[]): CellOf {
    return new CellOf(this.partition, this.operation, this.class, purposes, routes, this.set, data);
  }
}

function anything(): boolean {
  return true;
}
