import {
  and,
  type Bearing,
  type Condition,
  type Expr,
  evaluate,
  type FactName,
  factsIn,
  type Id,
  type Kleene,
  type Moment,
  type Position,
  type Request,
  reportedName,
  type Value,
  type World,
} from "@scruple/model";
import { actOf, momentOf } from "./moments.ts";
import { printExpression } from "./print-expression.ts";
import { fails, holds, workedOut } from "./worked-out.ts";

export type Outcome = "true" | "false" | "unknown";

/** A part of a condition: all parts of a rule have to hold. */
export interface ExplainedPart {
  /** As a policy writes it; of exceptions without conditions, that none selects the request. */
  readonly text: string;
  readonly value: Outcome;
  /** The named condition that says so; null where the rule itself does. */
  readonly condition: string | null;
  /** What the request says of the facts in it, null where that is unknown. Consents and objections have no place here. */
  readonly facts: Readonly<Record<FactName, Value | null>>;
  /** Of what is no plain conjunction, what it is made of. */
  readonly parts: readonly ExplainedPart[];
}

/** A rule, or a denial that a declaration implies, that selects a piece of data. */
export interface ExplainedRule {
  /** Its path, as decisions name it. */
  readonly rule: string;
  readonly effect: "allow" | "deny";
  /** The field that it is asked about. */
  readonly data: Id;
  readonly condition: Outcome;
  /** It decides: an allow whose condition is true, a denial whose condition is not false. With a limit it only counts. */
  readonly applies: boolean;
  readonly limits: boolean;
  readonly because: string | null;
  readonly told: string | null;
  readonly basis: string | null;
  /** Duties by name. */
  readonly duties: readonly string[];
  readonly parts: readonly ExplainedPart[];
  readonly at: Position;
}

/** Every rule that selects a piece of a request, and how each part of its condition comes out; in the order of paths, piece by piece. */
export function explainRules(world: World, all: readonly Bearing[], request: Request): readonly ExplainedRule[] {
  return request.pieces.flatMap((piece) => {
    const act = actOf(request, piece);
    const moment = momentOf(world, request, piece);
    return all
      .filter((rule) => rule.selects(act))
      .map((rule) => explainRule(world, rule, piece.field, rule.condition(act), moment));
  });
}

function explainRule(world: World, rule: Bearing, data: Id, condition: readonly Expr[], moment: Moment): ExplainedRule {
  const value = and(condition.map((part) => evaluate(part, moment)));
  const { path, effect, because, told, basis, duties, limit, at } = rule;
  return {
    rule: path,
    effect,
    data,
    condition: outcome(value),
    applies: effect === "allow" ? value === true : value !== false,
    limits: limit !== null,
    because,
    told,
    basis: basis?.text ?? null,
    duties: duties.map(({ name }) => name),
    parts: condition
      .map(workedOut)
      .filter((part) => part !== holds)
      .flatMap((part) => partsOf(world, part, moment, null)),
    at,
  };
}

/** Where one without conditions does, and no exception to that. */
const noException = "no exception selects it";

/** Conjunctions fall apart, and named conditions give way to what they say. */
function partsOf(world: World, expr: Expr, moment: Moment, from: string | null): readonly ExplainedPart[] {
  if (expr.op === "and") return expr.operands.flatMap((operand) => partsOf(world, operand, moment, from));
  if (expr.op === "condition") return partsOf(world, bodyOf(world, expr), moment, from ?? printExpression(world, expr));
  return [partOf(world, expr, moment, from)];
}

function partOf(world: World, expr: Expr, moment: Moment, condition: string | null): ExplainedPart {
  return {
    text: expr === fails ? noException : printExpression(world, expr),
    value: outcome(evaluate(expr, moment)),
    condition,
    facts: Object.fromEntries(
      factsIn(expr, world.conditions)
        .filter((fact) => fact !== "consents" && fact !== "objections")
        .map((fact) => [reportedName(fact), moment.facts.get(fact) ?? null]),
    ),
    parts: insideOf(world, expr).map((inner) => partOf(world, inner, moment, null)),
  };
}

/** What a reader wants to see of something that came out one way: alternatives, and what is negated if there is more to it. */
function insideOf(world: World, expr: Expr): readonly Expr[] {
  switch (expr.op) {
    case "and":
    case "or":
      return expr.operands;
    case "condition":
      return [bodyOf(world, expr)];
    case "not":
      return insideOf(world, expr.operand);
    default:
      return [];
  }
}

function bodyOf(world: World, expr: Extract<Expr, { readonly op: "condition" }>): Expr {
  return (world.conditions.get(expr.condition) as Condition).expr;
}

function outcome(value: Kleene): Outcome {
  return value === "unknown" ? "unknown" : value ? "true" : "false";
}
