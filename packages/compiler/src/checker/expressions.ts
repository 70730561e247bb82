import type { Expr, Type } from "@scruple/model";
import type * as syntax from "@scruple/syntax";
import { isIncomplete } from "../binder/spelling.ts";
import { describeType } from "../binder/types.ts";
import { notACondition } from "../diagnostics/not-a-condition.ts";
import { setOutsideIn } from "../diagnostics/set-outside-in.ts";
import type { Checking, Place } from "./checking.ts";
import { compare, type Operand } from "./compare.ts";
import { resolveFact } from "./facts.ts";
import { contains, membership } from "./membership.ts";
import { literalType, literalValue } from "./values.ts";

/** A condition as the model writes it; null where it has an error, which is reported. Depth is bounded by the parser. */
function checkCondition(checking: Checking, place: Place, node: syntax.Expr): Expr | null {
  const operand = operandOf(checking, place, node);
  if (operand.kind === "test") return operand.expr;
  if (operand.kind === "error") return null;
  if (operand.kind === "name") {
    resolveFact(checking, place, operand.node.path);
    return null;
  }
  const what =
    operand.kind === "fact"
      ? `\`${operand.fact}\` is ${describeType(operand.type)}`
      : `This is ${describeType({ kind: operand.type, min: null, max: null } as Type)}`;
  const contains = operand.kind === "fact" && operand.type.kind === "set";
  checking.findings.add(place.unit, notACondition.at(node, [what, contains]));
  return null;
}

/** What one side of a comparison is, or a whole condition. A bare name that is declared nowhere is left to the caller. */
export function operandOf(checking: Checking, place: Place, node: syntax.Expr): Operand {
  switch (node.kind) {
    case "paren":
      return operandOf(checking, place, node.inner);
    case "missing":
      return { kind: "error" };
    case "and":
    case "or": {
      const operands = node.operands.map((operand) => checkCondition(checking, place, operand));
      return test(operands.every((operand) => operand !== null) ? { op: node.kind, operands } : null);
    }
    case "not": {
      const operand = checkCondition(checking, place, node.operand);
      return test(operand && { op: "not", operand });
    }
    case "compare":
      return test(compare(checking, place, node));
    case "in":
      return test(membership(checking, place, node));
    case "contains":
      return test(contains(checking, place, node));
    case "consent":
    case "objection": {
      const { purpose } = node;
      const found = purpose && checking.resolver.find(place.scope, place.unit, purpose, "purpose");
      if (purpose && !found) return { kind: "error" };
      const id = found?.id ?? null;
      return test(
        node.kind === "consent"
          ? { op: "consent", explicit: node.explicit, purpose: id }
          : { op: "objection", purpose: id },
      );
    }
    case "ref":
      return refOperand(checking, place, node);
    case "set":
    case "range":
      checking.findings.add(place.unit, setOutsideIn.at(node, [node.kind]));
      return { kind: "error" };
    case "bool":
      return test({ op: "literal", value: node.value });
    default: {
      const value = literalValue(node);
      return value === null ? { kind: "error" } : { kind: "value", type: literalType(node), value, node };
    }
  }
}

function refOperand(checking: Checking, place: Place, node: syntax.Ref): Operand {
  const { path } = node;
  if (isIncomplete(path)) return { kind: "error" };
  const bare = path.parts.length === 1;
  const found = resolveFact(checking, place, path, bare);
  switch (found.kind) {
    case "fact":
      return found.type.kind === "bool"
        ? test({ op: "fact", fact: found.fact })
        : { kind: "fact", fact: found.fact, type: found.type, node };
    case "condition":
      return test({ op: "condition", condition: found.id });
    case "outbound":
      return test({ op: "outbound" });
    case "unknown":
      return bare ? { kind: "name", node } : { kind: "error" };
    case "error":
      return { kind: "error" };
  }
}

function test(expr: Expr | null): Operand {
  return expr === null ? { kind: "error" } : { kind: "test", expr };
}

/** Checks a condition and keeps it for lowering. */
export function keepCondition(checking: Checking, place: Place, node: syntax.Expr): void {
  const expr = checkCondition(checking, place, node);
  if (expr !== null) checking.file.conditions.set(node, expr);
}
