import { Contradiction } from "./contradiction.ts";
import { type Declared, named } from "./declared.ts";
import type { Comparison, Expr, FactName, Id, Type, Value } from "./model.ts";
import { readValue } from "./values.ts";

/** The language nests to 256; what it writes with fewer words (`a = b` of booleans, `not`) takes more levels in a model. */
const deepest = 512;

/** Sees that a condition names what is declared, and asks of facts what their types have. @throws Contradiction */
export function checkExpression(expr: Expr, declared: Declared, at: string, depth = 0): void {
  if (depth > deepest) throw new Contradiction(at, "is nested too deeply");
  switch (expr.op) {
    case "not":
      checkExpression(expr.operand, declared, `${at}/operand`, depth + 1);
      break;
    case "and":
    case "or":
      for (const [index, operand] of expr.operands.entries())
        checkExpression(operand, declared, `${at}/operands/${index}`, depth + 1);
      break;
    case "condition":
      named(declared.condition, expr.condition, at);
      break;
    case "consent":
    case "objection":
      if (expr.purpose !== null) named(declared.purpose, expr.purpose, at);
      break;
    default:
      if (!fits(expr, (fact) => named(declared.fact, fact, at)))
        throw new Contradiction(at, "asks a fact for what its type does not have");
  }
}

type OfFacts = Exclude<Expr, { readonly op: "not" | "and" | "or" | "condition" | "consent" | "objection" }>;

function fits(expr: OfFacts, typeOf: (fact: FactName) => Type): boolean {
  switch (expr.op) {
    case "literal":
    case "outbound":
      return true;
    case "fact":
      return typeOf(expr.fact).kind === "bool";
    case "compare":
      return hasOperator(typeOf(expr.fact), expr.operator) && areValues(typeOf(expr.fact), [expr.value]);
    case "compareFacts":
      return hasOperator(typeOf(expr.left), expr.operator) && comparable(typeOf(expr.left), typeOf(expr.right));
    case "in":
      return hasOperator(typeOf(expr.fact), "=") && areValues(typeOf(expr.fact), expr.values);
    case "between": {
      const type = typeOf(expr.fact);
      const isRange = type.kind === "time" || expr.from <= expr.to;
      return isRange && hasOperator(type, "<=") && areValues(type, [expr.from, expr.to]);
    }
    case "contains": {
      const type = typeOf(expr.fact);
      return type.kind === "set" && type.values.includes(expr.value);
    }
  }
}

/** The conditions that one names. */
export function conditionsIn(expr: Expr): readonly Id[] {
  if (expr.op === "condition") return [expr.condition];
  if (expr.op === "not") return conditionsIn(expr.operand);
  return expr.op === "and" || expr.op === "or" ? expr.operands.flatMap(conditionsIn) : [];
}

/** Whether a model may write a value for that type. */
export function isValue(type: Type, value: Value): boolean {
  // Requests may give durations as text; models do not.
  return readValue(type, value) !== undefined && (type.kind !== "duration" || typeof value === "number");
}

function areValues(type: Type, values: readonly Value[]): boolean {
  // Conditions may ask for integers that a fact never is.
  const any: Type = type.kind === "int" ? { kind: "int", min: null, max: null } : type;
  return values.every((value) => isValue(any, value));
}

function hasOperator({ kind }: Type, operator: Comparison): boolean {
  if (kind === "bool" || kind === "set") return false;
  return operator === "=" || operator === "!=" || (kind !== "text" && kind !== "oneOf");
}

function comparable(a: Type, b: Type): boolean {
  if (a.kind !== "oneOf" || b.kind !== "oneOf") return a.kind === b.kind;
  return a.values.length === b.values.length && a.values.every((value, index) => value === b.values[index]);
}
