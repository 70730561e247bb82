import { declarationsIn } from "../binder/declarations.ts";
import type { Checking, Place } from "./checking.ts";
import { checkClauses } from "./rules.ts";

/** Checks what promises name. Whether they are kept is another question. */
export function checkPromises(checking: Checking, place: Place): void {
  for (const { node } of declarationsIn(place.unit).promises) {
    for (const line of node.lines) {
      for (const path of line.data) checking.resolver.data(place.scope, place.unit, path);
      checkClauses(checking, place, line.clauses);
    }
  }
}
