import { covered, overlapping } from "./hierarchy.ts";
import { and, type Kleene, not, or } from "./kleene.ts";
import type { Comparison, Condition, Expr, FactName, Id, Value } from "./model.ts";
import type { Consent } from "./request.ts";
import type { World } from "./world.ts";

/** What a condition is evaluated in: the moment of one piece of a request. */
export interface Moment {
  readonly world: World;
  readonly startedBy: "company" | "customer" | null;
  readonly purpose: Id;
  readonly channel: Id;
  readonly facts: ReadonlyMap<FactName, Value>;
  /** Undefined where unknown. */
  readonly consents: readonly Consent[] | undefined;
  readonly objections: readonly Consent[] | undefined;
}

/** Whatever a condition compares is unknown where one of its facts is; the rest is Kleene. */
export function evaluate(expr: Expr, moment: Moment): Kleene {
  switch (expr.op) {
    case "literal":
      return expr.value;
    case "fact":
      return known(moment, [expr.fact], ([value]) => value === true);
    case "compare":
      return known(moment, [expr.fact], ([value]) => compareValues(value, expr.operator, expr.value));
    case "compareFacts":
      return known(moment, [expr.left, expr.right], ([left, right]) => compareValues(left, expr.operator, right));
    case "in":
      return known(moment, [expr.fact], ([value]) => expr.values.includes(value as Value));
    case "between":
      return known(moment, [expr.fact], ([value]) => between(value as Value, expr.from, expr.to));
    case "contains":
      return known(moment, [expr.fact], ([value]) => (value as readonly string[]).includes(expr.value));
    case "consent":
      return consent(moment, expr.explicit, expr.purpose ?? moment.purpose);
    case "objection":
      return objection(moment, expr.purpose ?? moment.purpose);
    case "outbound":
      return moment.startedBy === null ? "unknown" : moment.startedBy === "company";
    case "condition":
      return evaluate((moment.world.conditions.get(expr.condition) as Condition).expr, moment);
    case "not":
      return not(evaluate(expr.operand, moment));
    case "and":
      return and(expr.operands.map((operand) => evaluate(operand, moment)));
    case "or":
      return or(expr.operands.map((operand) => evaluate(operand, moment)));
  }
}

function known(
  moment: Moment,
  names: readonly FactName[],
  test: (values: readonly (Value | undefined)[]) => boolean,
): Kleene {
  const values = names.map((name) => moment.facts.get(name));
  return values.includes(undefined) ? "unknown" : test(values);
}

/** Numbers by size; times and dates by their text, which sorts as they do. */
export function compareValues(left: Value | undefined, operator: Comparison, right: Value | undefined): boolean {
  const [a, b] = [left as number, right as number];
  switch (operator) {
    case "=":
      return a === b;
    case "!=":
      return a !== b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
  }
}

/** Ends included; where `from` is later than `to`, the range wraps past midnight. */
export function between(value: Value, from: Value, to: Value): boolean {
  return from <= to ? value >= from && value <= to : value >= from || value <= to;
}

function consent({ world, consents, channel }: Moment, explicit: boolean, purpose: Id): Kleene {
  if (consents === undefined) return "unknown";
  const here = consents.filter((one) => one.channel === null || covered(world.channels, [one.channel]).has(channel));
  if (explicit) return here.some((one) => one.explicit && one.purpose === purpose);
  if (here.some((one) => one.purpose === null)) return true;
  return covered(
    world.purposes,
    here.map((one) => one.purpose as Id),
  ).has(purpose);
}

function objection({ world, objections, channel }: Moment, purpose: Id): Kleene {
  if (objections === undefined) return "unknown";
  return objections.some(
    (one) =>
      (one.purpose === null || overlapping(world.purposes, [one.purpose]).has(purpose)) &&
      (one.channel === null || overlapping(world.channels, [one.channel]).has(channel)),
  );
}

/** Every fact that stands anywhere in a condition, by the name that `missing` uses. */
export function factsIn(expr: Expr, conditions: ReadonlyMap<Id, Condition>): readonly FactName[] {
  switch (expr.op) {
    case "literal":
    case "outbound":
      return [];
    case "fact":
    case "compare":
    case "in":
    case "between":
    case "contains":
      return [expr.fact];
    case "compareFacts":
      return [expr.left, expr.right];
    case "consent":
      return ["consents"];
    case "objection":
      return ["objections"];
    case "condition":
      return factsIn((conditions.get(expr.condition) as Condition).expr, conditions);
    case "not":
      return factsIn(expr.operand, conditions);
    case "and":
    case "or":
      return expr.operands.flatMap((operand) => factsIn(operand, conditions));
  }
}
