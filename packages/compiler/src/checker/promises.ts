import type { PolicyScope } from "../binder/scope.ts";
import type { Checking } from "./checking.ts";
import { checkClauses } from "./rules.ts";

/** Checks what promises name. Whether they are kept is another question. */
export function checkPromises(checking: Checking, scope: PolicyScope): void {
  for (const { unit, node } of scope.promises) {
    for (const line of node.lines) {
      for (const path of line.data) checking.resolver.data(scope, unit, path);
      checkClauses(checking, { scope, unit }, line.clauses);
    }
  }
}
