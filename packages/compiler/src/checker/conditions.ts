import type { PolicyScope } from "../binder/scope.ts";
import type { Checking } from "./checking.ts";
import { keepCondition } from "./expressions.ts";

/** Checks the named conditions. */
export function checkConditions(checking: Checking, scope: PolicyScope): void {
  for (const symbol of scope.symbols) {
    if (symbol.kind === "condition") keepCondition(checking, { scope, unit: symbol.unit }, symbol.node.value);
  }
}
