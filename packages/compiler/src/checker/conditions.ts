import { declarationsIn } from "../binder/declarations.ts";
import type { Checking, Place } from "./checking.ts";
import { keepCondition } from "./expressions.ts";

/** Checks the named conditions. */
export function checkConditions(checking: Checking, place: Place): void {
  for (const symbol of declarationsIn(place.unit).vocabulary) {
    if (symbol.kind === "condition") keepCondition(checking, place, symbol.node.value);
  }
}
