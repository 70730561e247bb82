import type { Expr, FactName, Value, World } from "@scruple/model";
import { reportedName } from "@scruple/model";
import { literal, name, namePath } from "../describe/values.ts";
import { purposesOf } from "../theory/purposes.ts";

/** How tightly an operator binds; what binds looser than its surroundings stands in parentheses. */
const tightness = { or: 0, and: 1, not: 2, atom: 3 } as const;

/** A condition as a policy writes it, on one line; the constants in the units that their types have. */
export function printExpression(world: World, expr: Expr): string {
  return print(world, expr, tightness.or);
}

function print(world: World, expr: Expr, around: number): string {
  switch (expr.op) {
    case "and":
    case "or": {
      const [only = { op: "literal", value: expr.op === "and" } as const, ...others] = expr.operands;
      if (others.length === 0) return print(world, only, around);
      const own = tightness[expr.op];
      const text = expr.operands.map((operand) => print(world, operand, own + 1)).join(` ${expr.op} `);
      return own < around ? `(${text})` : text;
    }
    case "not":
      return `not ${print(world, expr.operand, tightness.not)}`;
    default:
      return printAtom(world, expr);
  }
}

function printAtom(world: World, expr: Exclude<Expr, { readonly op: "and" | "or" } | { readonly op: "not" }>): string {
  const value = (fact: FactName, one: Value) => printValue(world, fact, one);
  switch (expr.op) {
    case "literal":
      return String(expr.value);
    case "fact":
      return factText(expr.fact);
    case "compare":
      return `${factText(expr.fact)} ${expr.operator} ${value(expr.fact, expr.value)}`;
    case "compareFacts":
      return `${factText(expr.left)} ${expr.operator} ${factText(expr.right)}`;
    case "in":
      return `${factText(expr.fact)} in {${expr.values.map((one) => value(expr.fact, one)).join(", ")}}`;
    case "between":
      return `${factText(expr.fact)} in ${value(expr.fact, expr.from)}..${value(expr.fact, expr.to)}`;
    case "contains":
      return `${factText(expr.fact)}.contains(${name(expr.value)})`;
    case "consent":
      return `${expr.explicit ? "explicit " : ""}consent${forPurpose(world, expr.purpose)}`;
    case "objection":
      return `objection${forPurpose(world, expr.purpose)}`;
    case "outbound":
      return "outbound";
    case "condition":
      return namePath(
        expr.condition.startsWith(`${world.model.policy}.`)
          ? expr.condition.slice(world.model.policy.length + 1)
          : expr.condition,
      );
  }
}

/** A value of a fact as a policy writes it: `3 years`, `"Oslo"`, `eu`. */
export function printValue(world: World, fact: FactName, value: Value): string {
  const type = world.facts.get(reportedName(fact));
  if (typeof value === "object") return `{${value.map(name).join(", ")}}`;
  return type === undefined ? String(value) : literal(type, value);
}

function factText(fact: FactName): string {
  return namePath(reportedName(fact));
}

function forPurpose(world: World, purpose: string | null): string {
  return purpose === null ? "" : ` for ${namePath(purposesOf(world).nameOf(purpose))}`;
}
