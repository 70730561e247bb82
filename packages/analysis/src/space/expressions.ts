import { basisCondition, type Exception, type Expr, impliedDenials, pieceAges, type World } from "@scruple/model";
import { nothing } from "./items.ts";

/** Everything that any request of a model may be asked, promises included: what a space of facts for all of it is made from. */
export function everyExpression(world: World): readonly Expr[] {
  const { rules, interactions, promises, conditions } = world.model;
  return [
    ...rules.flatMap((rule) => [...basisCondition(rule.basis), ...notAfter(rule.until), ...said(rule)]),
    ...interactions.flatMap(({ until }) => notAfter(until)),
    ...impliedDenials(world).flatMap((denial) => whatever(denial.condition(nothing))),
    ...promises.flatMap(({ lines }) => lines.flatMap(({ when, unless }) => present(when, unless))),
    ...conditions.map(({ expr }) => expr),
  ];
}

function said(rule: Pick<Exception, "when" | "unless" | "exceptions">): readonly Expr[] {
  return [...present(rule.when, rule.unless), ...rule.exceptions.flatMap(said)];
}

function notAfter(date: string | null): readonly Expr[] {
  return date === null ? [] : [{ op: "compare", operator: "<=", fact: "today", value: date }];
}

export function present(...list: readonly (Expr | null)[]): readonly Expr[] {
  return list.filter((one) => one !== null);
}

/** Whichever piece of a pair the age is asked of. */
function whatever(condition: Expr): readonly Expr[] {
  if (condition.op !== "compare" || condition.fact !== "data.age") return [condition];
  return [condition, ...Object.values(pieceAges).map((fact) => ({ ...condition, fact }))];
}
