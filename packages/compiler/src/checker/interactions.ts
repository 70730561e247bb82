import { declarationsIn } from "../binder/declarations.ts";
import type { Checking, Place } from "./checking.ts";
import { checkRule } from "./rules.ts";

/** Resolves the bounds of interactions, and checks their rules. */
export function checkInteractions(checking: Checking, place: Place): void {
  const { scope, unit } = place;
  for (const symbol of declarationsIn(unit).symbols) {
    if (symbol.kind !== "interaction") continue;
    const { node } = symbol;
    for (const bound of node.bounds) {
      const kind = bound.kind === "purposes" ? "purpose" : "channel";
      for (const path of bound.names) checking.resolver.find(scope, unit, path, kind);
    }
    for (const rule of node.rules) checkRule(checking, place, rule);
  }
}
