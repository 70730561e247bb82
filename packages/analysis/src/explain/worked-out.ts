import type { Expr } from "@scruple/model";

/** What holds, or does not, whatever the facts: no literal that somebody wrote. */
export const holds: Expr = { op: "literal", value: true };
export const fails: Expr = { op: "literal", value: false };

/**
 * A condition without what is in it only because exceptions become negations of conjunctions, however few they say: one without
 * conditions is `not` of nothing, and one in another is `not not`. All else is as it was written.
 */
export function workedOut(expr: Expr): Expr {
  if (expr.op === "not") {
    const operand = workedOut(expr.operand);
    if (operand === holds || operand === fails) return operand === holds ? fails : holds;
    if (operand.op === "not" && expr.operand.op === "and") return operand.operand;
    return operand === expr.operand ? expr : { op: "not", operand };
  }
  if (expr.op !== "and") return expr;
  const operands = expr.operands.map(workedOut).filter((one) => one !== holds);
  if (operands.includes(fails)) return fails;
  return operands.length === 0 ? holds : operands.length === 1 ? operands[0]! : { op: "and", operands };
}
