import {
  type Act,
  type Bearing,
  bearingOfRule,
  bearings,
  type Id,
  type Interaction,
  type Rule,
  type World,
} from "@scruple/model";
import type { SelectingRule } from "./cell.ts";
import type { CellOf } from "./cell-of.ts";
import type { Route } from "./datum.ts";
import type { Ground } from "./ground.ts";
import { InteractionPartition, type Scope } from "./interaction-partition.ts";

/** The cells of all interactions of a model. One interaction's are kept in mind at a time. */
export class Partition {
  readonly world: World;
  readonly ground: Ground;
  private readonly rules: ReadonlyMap<Id | null, readonly Rule[]>;
  private readonly implied: ReadonlyMap<string, Bearing>;
  private readonly ofRules = new Map<string, Bearing>();

  constructor(ground: Ground, world: World) {
    this.ground = ground;
    this.world = world;
    const rules = new Map<Id | null, Rule[]>();
    for (const rule of world.model.rules) {
      const list = rules.get(rule.interaction);
      if (list === undefined) rules.set(rule.interaction, [rule]);
      else list.push(rule);
    }
    this.rules = rules;
    const none = { ...world, model: { ...world.model, rules: [] } };
    this.implied = new Map(bearings(none).map((bearing) => [bearing.path, bearing]));
  }

  /** Rules and implied denials by path. */
  get bearings(): ReadonlyMap<string, Bearing> {
    const rules = this.world.model.rules.map((rule) => this.bearingOf(rule));
    return new Map([...rules, ...this.implied.values()].map((bearing) => [bearing.path, bearing]));
  }

  /** Fields that a request can name. */
  get fields(): ReadonlySet<Id> {
    return this.ground.remembered("fields", () => new Set(this.world.names.fields.values()));
  }

  bearingOf(rule: Rule): Bearing {
    const known = this.ofRules.get(rule.path) ?? bearingOfRule(this.world, rule);
    this.ofRules.set(rule.path, known);
    return known;
  }
  /** The denial of this path that a declaration implies. */
  impliedBearing(path: string): Bearing {
    return this.implied.get(path)!;
  }

  /** The rules of an interaction; of null, those outside interactions. */
  rulesOf(interaction: Id | null): readonly Rule[] {
    return this.rules.get(interaction) ?? [];
  }

  of(interaction: Interaction): InteractionPartition {
    return new InteractionPartition(this, interaction);
  }

  /** The cells of one interaction. */
  cellsOf(interaction: Interaction, scope?: Scope): Generator<CellOf> {
    return this.of(interaction).cells(scope);
  }

  /** The purposes that a request of an interaction can name, those that the interaction names first. */
  purposesOf(interaction: Interaction): readonly Id[] {
    return this.ground.purposesOf(interaction);
  }
  /** The routes that a request of an interaction can name, those over channels that it names first. */
  routesOf(interaction: Interaction): readonly Route[] {
    return this.ground.routesOf(interaction);
  }

  /** The rules that select one act, in the order of their paths. */
  rulesFor(act: Act): readonly SelectingRule[] {
    const rules = [...this.rulesOf(act.interaction), ...this.rulesOf(null)].map((rule) => this.bearingOf(rule));
    return [...rules, ...this.implied.values()]
      .filter((bearing) => bearing.selects(act))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map((rule) => ({ rule, condition: rule.condition(act) }));
  }
}
