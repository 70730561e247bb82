import type { PolicyScope } from "../binder/scope.ts";
import type { Checking } from "./checking.ts";
import { checkRule } from "./rules.ts";

/** Resolves the bounds of interactions, and checks their rules. */
export function checkInteractions(checking: Checking, scope: PolicyScope): void {
  for (const symbol of scope.symbols) {
    if (symbol.kind !== "interaction") continue;
    const { unit, node } = symbol;
    for (const bound of node.bounds) {
      const kind = bound.kind === "purposes" ? "purpose" : "channel";
      for (const path of bound.names) checking.resolver.find(scope, unit, path, kind);
    }
    for (const rule of node.rules) checkRule(checking, { scope, unit }, rule);
  }
}
