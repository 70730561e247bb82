import { type Expr, pieceAges, type World } from "@scruple/model";

/** A condition on the age of the data, as one on the age of a piece of a pair. Comparisons with other facts stay with the older. */
export function ofPiece(world: World, expr: Expr, piece: keyof typeof pieceAges): Expr {
  if (expr.op === "not") return { op: "not", operand: ofPiece(world, expr.operand, piece) };
  if (expr.op === "and" || expr.op === "or")
    return { op: expr.op, operands: expr.operands.map((one) => ofPiece(world, one, piece)) };
  if (expr.op === "condition") return ofPiece(world, world.conditions.get(expr.condition)!.expr, piece);
  return "fact" in expr && expr.fact === "data.age" ? { ...expr, fact: pieceAges[piece] } : expr;
}
