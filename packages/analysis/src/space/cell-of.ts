import type { Act, Id, Interaction, Operation, World } from "@scruple/model";
import type { Occasion } from "../context.ts";
import type { Cell, SelectingRule } from "./cell.ts";
import { actOf, type Datum, type Requests, type Route } from "./datum.ts";

/** A cell that works out only what it is asked for: most are looked at by their keys alone. */
export class CellOf implements Cell {
  readonly interaction: Interaction;
  readonly operation: Operation;
  readonly data: readonly Datum[];
  readonly purposes: readonly Id[];
  readonly routes: readonly Route[];
  readonly key: string;
  private readonly world: World;
  private readonly rulesOn: (act: Act) => readonly SelectingRule[];
  private madeAct: Act | null = null;
  private madeRules: readonly SelectingRule[] | null = null;

  constructor(world: World, requests: Requests, key: string, rulesOn: (act: Act) => readonly SelectingRule[]) {
    this.world = world;
    this.interaction = requests.interaction;
    this.operation = requests.operation;
    this.data = requests.data;
    this.purposes = requests.purposes;
    this.routes = requests.routes;
    this.key = key;
    this.rulesOn = rulesOn;
  }

  get act(): Act {
    this.madeAct ??= actOf(this.world, this);
    return this.madeAct;
  }
  get occasion(): Occasion {
    return { startedBy: this.interaction.startedBy, purpose: this.purposes[0]! };
  }
  get rules(): readonly SelectingRule[] {
    this.madeRules ??= this.rulesOn(this.act);
    return this.madeRules;
  }
}
