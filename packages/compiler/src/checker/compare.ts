import { type Comparison, compareValues, type Expr, type FactName, type Type, type Value } from "@scruple/model";
import type * as syntax from "@scruple/syntax";
import { pathText, spell } from "../binder/spelling.ts";
import { comparable, describeType } from "../binder/types.ts";
import { operatorNotForType } from "../diagnostics/operator-not-for-type.ts";
import { typesDiffer } from "../diagnostics/types-differ.ts";
import type { Checking, Place } from "./checking.ts";
import { operandOf } from "./expressions.ts";
import { resolveFact } from "./facts.ts";
import { checkValue, mismatch, notAValue } from "./values.ts";

/** One side of a comparison. `test` is anything that is true, false or unknown by itself. */
export type Operand =
  | { readonly kind: "test"; readonly expr: Expr }
  | { readonly kind: "fact"; readonly fact: FactName; readonly type: Type; readonly node: syntax.Ref }
  | {
      readonly kind: "value";
      readonly type: Type["kind"];
      readonly value: Exclude<Value, readonly string[]>;
      readonly node: syntax.Literal;
    }
  /** A bare name that no fact and no condition has. */
  | { readonly kind: "name"; readonly node: syntax.Ref }
  | { readonly kind: "error" };

const flipped: Readonly<Record<Comparison, Comparison>> = {
  "=": "=",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

/** A comparison as the model writes it: the fact on the left, booleans spelt out. Null where it has an error. */
export function compare(checking: Checking, place: Place, node: syntax.Compare): Expr | null {
  const { operator } = node;
  const left = bare(node.left);
  const right = bare(node.right);
  const direct = oneOfValue(checking, place, left, right);
  if (direct) return withValue(checking, place, node, direct.fact, direct.type, operator, right as syntax.Ref);
  const turned = oneOfValue(checking, place, right, left);
  if (turned) return withValue(checking, place, node, turned.fact, turned.type, flipped[operator], left as syntax.Ref);

  const l = operandOf(checking, place, left);
  const r = operandOf(checking, place, right);
  if (l.kind === "error" || r.kind === "error") {
    // Of a pair of which one is at fault, a bare name on the other side may be a value of its type.
    return null;
  }
  if (l.kind === "fact" && r.kind === "fact") return twoFacts(checking, place, node, l, r);
  if (l.kind === "fact" && r.kind === "value")
    return withValue(checking, place, node, l.fact, l.type, operator, r.node);
  if (l.kind === "value" && r.kind === "fact") {
    return withValue(checking, place, node, r.fact, r.type, flipped[operator], l.node);
  }
  if (l.kind === "fact" && r.kind === "name") return strayName(checking, place, node, r.node, l);
  if (l.kind === "name" && r.kind === "fact") return strayName(checking, place, node, l.node, r);
  if (l.kind === "name" || r.kind === "name") {
    for (const operand of [l, r]) if (operand.kind === "name") resolveFact(checking, place, operand.node.path);
    return null;
  }
  if (l.kind === "test" && r.kind === "test") return twoTests(checking, place, node, l.expr, r.expr);
  if (l.kind === "value" && r.kind === "value") return twoValues(checking, place, node, l, r);
  checking.findings.add(place.unit, typesDiffer.at(node, [sideNoun(l, "one side"), sideNoun(r, "the other side")]));
  return null;
}

function bare(node: syntax.Expr): syntax.Expr {
  let inner = node;
  while (inner.kind === "paren") inner = inner.inner;
  return inner;
}

/** The fact on one side, where the bare name on the other is a value of its one-of type. */
function oneOfValue(checking: Checking, place: Place, fact: syntax.Expr, name: syntax.Expr) {
  if (fact.kind !== "ref" || name.kind !== "ref" || name.path.parts.length !== 1) return null;
  const meaning = resolveKnown(checking, place, fact.path);
  if (meaning?.type.kind !== "oneOf" || !meaning.type.values.includes(pathText(name.path))) return null;
  return meaning;
}

/** The fact that a path means, if it means one. Nothing is reported. */
function resolveKnown(checking: Checking, place: Place, path: syntax.Path) {
  const known =
    path.parts[0]!.text === "subject"
      ? path.parts.length === 2 && checking.members.attributes(place.scope).has(path.parts[1]!.text)
      : checking.resolver.peek(place.scope, path, "fact")?.kind === "fact";
  if (!known) return null;
  const meaning = resolveFact(checking, place, path);
  return meaning.kind === "fact" ? meaning : null;
}

function withValue(
  checking: Checking,
  place: Place,
  node: syntax.Compare,
  fact: FactName,
  type: Type,
  operator: Comparison,
  literal: syntax.Literal | syntax.Ref,
): Expr | null {
  const value = checkValue(literal, type, { unit: place.unit, findings: checking.findings, of: fact }, false);
  if (value === null || !accepts(checking, place, node, fact, type)) return null;
  return { op: "compare", operator, fact, value };
}

function twoFacts(
  checking: Checking,
  place: Place,
  node: syntax.Compare,
  left: Operand & { kind: "fact" },
  right: Operand & { kind: "fact" },
): Expr | null {
  if (!comparable(left.type, right.type)) {
    checking.findings.add(
      place.unit,
      typesDiffer.at(node, [sideNoun(left, "one side"), sideNoun(right, "the other side")]),
    );
    return null;
  }
  if (!accepts(checking, place, node, left.fact, left.type)) return null;
  if (left.fact !== right.fact) {
    checking.file.comparisons.push({ a: left.fact, b: right.fact, unit: place.unit, at: node });
  }
  return { op: "compareFacts", operator: node.operator, left: left.fact, right: right.fact };
}

/** Says whether the type has the operator; reports where it has not. */
function accepts(checking: Checking, place: Place, node: syntax.Compare, fact: FactName, type: Type): boolean {
  if (type.kind === "set") {
    const one = `\`${fact}.contains(${spell(type.values[0]!)})\``;
    return refuse(checking, place, node, fact, type, `Sets are not compared: ask each for a value, as in ${one}.`);
  }
  const equality = node.operator === "=" || node.operator === "!=";
  if (equality || (type.kind !== "text" && type.kind !== "oneOf")) return true;
  return refuse(checking, place, node, fact, type, "It has no order: ask with `=`, `!=` or `in`.");
}

function refuse(
  checking: Checking,
  place: Place,
  { operator, operatorRange }: syntax.Compare,
  fact: FactName,
  type: Type,
  advice: string,
): false {
  checking.findings.add(place.unit, operatorNotForType.at(operatorRange, [operator, fact, describeType(type), advice]));
  return false;
}

/** A bare name that is declared nowhere, beside a fact: most likely a value that the fact does not have. */
function strayName(
  checking: Checking,
  place: Place,
  node: syntax.Compare,
  name: syntax.Ref,
  { fact, type }: Operand & { kind: "fact" },
): null {
  if (type.kind === "oneOf") checking.findings.add(place.unit, notAValue(name, pathText(name.path), type, fact));
  else if (type.kind === "text") mismatch(name, type, { unit: place.unit, findings: checking.findings, of: fact });
  else if (type.kind === "set")
    refuse(checking, place, node, fact, type, `Ask \`${fact}.contains(${spell(pathText(name.path))})\`.`);
  else resolveFact(checking, place, name.path);
  return null;
}

function twoTests(checking: Checking, place: Place, node: syntax.Compare, l: Expr, r: Expr): Expr | null {
  if (node.operator !== "=" && node.operator !== "!=") {
    checking.findings.add(
      place.unit,
      operatorNotForType.at(node.operatorRange, [
        node.operator,
        null,
        "a `bool`",
        "It has no order: ask with `=` or `!=`.",
      ]),
    );
    return null;
  }
  const equal = sameTruth(l, r);
  return node.operator === "=" ? equal : negate(equal);
}

/** True where both are true or both false, in Kleene's sense. */
export function sameTruth(l: Expr, r: Expr): Expr {
  if (r.op === "literal") return r.value ? l : negate(l);
  if (l.op === "literal") return l.value ? r : negate(r);
  return {
    op: "or",
    operands: [
      { op: "and", operands: [l, r] },
      { op: "and", operands: [negate(l), negate(r)] },
    ],
  };
}

function negate(expr: Expr): Expr {
  if (expr.op === "literal") return { op: "literal", value: !expr.value };
  return expr.op === "not" ? expr.operand : { op: "not", operand: expr };
}

function twoValues(
  checking: Checking,
  place: Place,
  node: syntax.Compare,
  l: Operand & { kind: "value" },
  r: Operand & { kind: "value" },
): Expr | null {
  if (l.type !== r.type) {
    checking.findings.add(place.unit, typesDiffer.at(node, [sideNoun(l, "one side"), sideNoun(r, "the other side")]));
    return null;
  }
  if (l.type === "text" && node.operator !== "=" && node.operator !== "!=") {
    checking.findings.add(
      place.unit,
      operatorNotForType.at(node.operatorRange, [
        node.operator,
        null,
        "a `text`",
        "It has no order: ask with `=`, `!=` or `in`.",
      ]),
    );
    return null;
  }
  return { op: "literal", value: compareValues(l.value, node.operator, r.value) };
}

/** What a side is, as a clause of a sentence. */
function sideNoun(operand: Operand, side: string): string {
  switch (operand.kind) {
    case "fact":
      return `\`${operand.fact}\` is ${describeType(operand.type)}`;
    case "value":
      return `${side} is ${describeType({ kind: operand.type, min: null, max: null } as Type)}`;
    default:
      return `${side} is a \`bool\``;
  }
}
