import {
  type Act,
  type Bearing,
  bearings,
  evaluate,
  indexModel,
  type Model,
  type Moment,
  type Piece,
  type Request,
  type Rule,
  type World,
} from "@scruple/model";
import { readInBounds } from "./read-in-bounds.ts";
import { type RuleCondition, ruleConditions } from "./rule-conditions.ts";

/** One of the two ways in which a condition of a rule can come out. */
export interface Branch {
  /** The label of the condition. */
  readonly condition: string;
  readonly value: boolean;
}
/** A rule with its conditions and what it selects. */
export interface BranchedRule {
  readonly rule: Rule;
  readonly bearing: Bearing;
  readonly conditions: readonly RuleCondition[];
}

/** The rules of a model, and which way their conditions come out for requests. */
export class Branches {
  readonly rules: readonly BranchedRule[];
  private readonly world: World;

  /** @param isMeant leaves out some rules */
  constructor(model: Model, isMeant: (rule: Rule) => boolean = () => true) {
    this.world = indexModel(model);
    const bearing = new Map(bearings(this.world).map((one) => [one.path, one]));
    this.rules = model.rules
      .filter((rule) => isMeant(rule))
      .map((rule) => ({ rule, bearing: bearing.get(rule.path)!, conditions: ruleConditions(this.world, rule) }));
  }

  /** Every branch that a request takes; what is unknown takes none. A branch may come more than once. */
  *takenBy(raw: unknown): Generator<Branch & { readonly rule: Rule }> {
    const request = readInBounds(this.world, raw);
    if (request === null) return;
    for (const piece of request.pieces) {
      const act: Act = { ...request, field: piece.field, with: request.with?.field ?? null };
      const moment = momentOf(this.world, request, piece);
      for (const { rule, bearing, conditions } of this.rules) {
        if (!bearing.selects(act)) continue;
        for (const { label, expr, reached } of conditions) {
          const value = reached(act) ? evaluate(expr, moment) : "unknown";
          if (value !== "unknown") yield { rule, condition: label, value };
        }
      }
    }
  }
}

/** A rule, or a branch of one, is the same in its own policy and in those that use it. */
export function keyOf(rule: Rule, branch?: Branch): string {
  return branch === undefined
    ? JSON.stringify([rule.policy, ownPath(rule)])
    : branchKey(rule.policy, ownPath(rule), branch);
}
/** @param rule its path in its own policy */
export function branchKey(policy: string, rule: string, { condition, value }: Branch): string {
  return JSON.stringify([policy, rule, condition, value]);
}
export function ownPath(rule: Rule): string {
  return rule.path.slice(rule.path.indexOf("/") + 1);
}

function momentOf(world: World, request: Request, piece: Piece): Moment {
  const facts = new Map(request.facts);
  const ages = request.with === null ? [piece.age] : [piece.age, request.with.age];
  if (!ages.includes(undefined)) facts.set("data.age", Math.max(...(ages as number[])));
  return {
    world,
    startedBy: world.interactions.get(request.interaction)?.startedBy ?? null,
    purpose: request.purpose,
    channel: request.channel,
    facts,
    consents: request.consents,
    objections: request.objections,
  };
}
