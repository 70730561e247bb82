import { between, type Expr, type Type, type Value } from "@scruple/model";
import type * as syntax from "@scruple/syntax";
import { pathText, replaceFix } from "../binder/spelling.ts";
import { describeType } from "../binder/types.ts";
import { emptyRange } from "../diagnostics/empty-range.ts";
import { operatorNotForType } from "../diagnostics/operator-not-for-type.ts";
import type { Checking, Place } from "./checking.ts";
import { type Operand, sameTruth } from "./compare.ts";
import { operandOf } from "./expressions.ts";
import { resolveFact } from "./facts.ts";
import { checkValue, elementValue, literalValue } from "./values.ts";

/** `x in {a, b}` or `x in a..b` as the model writes it; null where it has an error. */
export function membership(checking: Checking, place: Place, node: syntax.Membership): Expr | null {
  const left = operandOf(checking, place, node.left);
  const { right } = node;
  if (left.kind === "name") resolveFact(checking, place, left.node.path);
  if (left.kind === "name" || left.kind === "error" || right.kind === "missing") return null;
  const type = typeOf(left);
  const of = left.kind === "fact" ? left.fact : "this";
  if (type.kind === "set") {
    refuse(checking, place, node, of, type, `Ask \`${of}.contains(a)\` for each of its values.`);
    return null;
  }
  return right.kind === "set"
    ? inSet(checking, place, left, type, of, right)
    : inRange(checking, place, left, type, of, right, node);
}

function typeOf(operand: Exclude<Operand, { kind: "name" | "error" }>): Type {
  if (operand.kind === "test") return { kind: "bool" };
  if (operand.kind === "fact") return operand.type;
  return { kind: operand.type, min: null, max: null } as Type;
}

function inSet(
  checking: Checking,
  place: Place,
  left: Exclude<Operand, { kind: "name" | "error" }>,
  type: Type,
  of: string,
  set: syntax.SetLiteral,
): Expr | null {
  const where = { unit: place.unit, findings: checking.findings, of };
  // The parser asks for one element at least.
  if (set.elements.length === 0) return null;
  const found = set.elements.map((element) => checkValue(element, type, where, false));
  if (found.some((value) => value === null)) return null;
  const values = [...new Set(found as Value[])].sort(order);
  if (left.kind === "value") return { op: "literal", value: values.includes(left.value) };
  if (left.kind === "fact") return { op: "in", fact: left.fact, values };
  const tests = values.map((value) => sameTruth(left.expr, { op: "literal", value: value === true }));
  return tests.length === 1 ? tests[0]! : { op: "or", operands: tests };
}

function inRange(
  checking: Checking,
  place: Place,
  left: Exclude<Operand, { kind: "name" | "error" }>,
  type: Type,
  of: string,
  range: syntax.RangeLiteral,
  node: syntax.Membership,
): Expr | null {
  if (left.kind === "test" || type.kind === "text" || type.kind === "oneOf") {
    refuse(checking, place, node, left.kind === "fact" ? of : null, type, "It has no order: give a set, `in {a, b}`.");
    return null;
  }
  const where = { unit: place.unit, findings: checking.findings, of };
  const from = checkValue(range.from, type, where, false) as number | string | null;
  const to = checkValue(range.to, type, where, false) as number | string | null;
  if (from === null || to === null) return null;
  if (from > to && type.kind !== "time") {
    const [a, b] = [text(range.from), text(range.to)];
    checking.findings.add(place.unit, emptyRange.at(range, [a, b], { fixes: [replaceFix(range, `${b}..${a}`)] }));
    return null;
  }
  if (left.kind === "fact") return { op: "between", fact: left.fact, from, to };
  return { op: "literal", value: between(left.value, from, to) };
}

/** `S.contains(a)` as the model writes it; null where it has an error. */
export function contains(checking: Checking, place: Place, node: syntax.Contains): Expr | null {
  const receiver = resolveFact(checking, place, node.receiver.path);
  if (receiver.kind !== "fact") {
    if (receiver.kind === "condition" || receiver.kind === "outbound") {
      const name = pathText(node.receiver.path);
      const message = operatorNotForType.at(node, [".contains", name, "a `bool`", "Only sets contain something."]);
      checking.findings.add(place.unit, message);
    }
    return null;
  }
  const { fact, type } = receiver;
  if (type.kind !== "set") {
    checking.findings.add(
      place.unit,
      operatorNotForType.at(node, [".contains", fact, describeType(type), "Only sets contain something."]),
    );
    return null;
  }
  const value = elementValue(node.value, type, { unit: place.unit, findings: checking.findings, of: fact });
  return value === null ? null : { op: "contains", fact, value };
}

function refuse(
  checking: Checking,
  place: Place,
  node: syntax.Membership,
  of: string | null,
  type: Type,
  advice: string,
): void {
  checking.findings.add(place.unit, operatorNotForType.at(node, ["in", of, describeType(type), advice]));
}

function text(node: syntax.Literal | syntax.Missing): string {
  if (node.kind === "duration") return `${node.count} ${node.unit}${node.count === 1 ? "" : "s"}`;
  return node.kind === "missing" ? "" : String(literalValue(node));
}

/** Numbers by size, everything else by UTF-16 code units. */
function order(a: Value, b: Value): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a) < String(b) ? -1 : 1;
}
