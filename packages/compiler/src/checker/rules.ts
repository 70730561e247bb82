import type { Clause, Exception, Rule } from "@scruple/syntax";
import type { Checking, Place } from "./checking.ts";
import { checkDuties } from "./duties.ts";
import { keepCondition } from "./expressions.ts";
import { checkLevel } from "./levels.ts";

/** Checks what a rule names. */
export function checkRule(checking: Checking, place: Place, rule: Rule): void {
  for (const path of rule.data) checking.resolver.data(place.scope, place.unit, path);
  checkClauses(checking, place, rule.clauses);
}

/** Checks the clauses of a rule, an exception or a promise. */
export function checkClauses(checking: Checking, place: Place, clauses: readonly Clause[]): void {
  const { resolver } = checking;
  const { scope, unit } = place;
  for (const clause of clauses) {
    switch (clause.kind) {
      case "with":
        for (const path of clause.data) resolver.data(scope, unit, path);
        break;
      case "for":
        for (const path of clause.purposes) resolver.find(scope, unit, path, "purpose");
        break;
      case "on":
        for (const path of clause.channels) resolver.find(scope, unit, path, "channel");
        break;
      case "to":
        for (const path of clause.recipients) resolver.find(scope, unit, path, "recipient");
        break;
      case "at":
        checkLevel(checking, place, clause.level);
        break;
      case "under":
        if (clause.purpose) resolver.find(scope, unit, clause.purpose, "purpose");
        break;
      case "when":
      case "unless":
        keepCondition(checking, place, clause.condition);
        break;
      case "then":
        checkDuties(checking, place, clause.duties);
        break;
      case "except":
        for (const exception of clause.exceptions) checkException(checking, place, exception);
        break;
    }
  }
}

// Nesting of exceptions is bounded by the parser.
function checkException(checking: Checking, place: Place, exception: Exception): void {
  for (const path of exception.data) checking.resolver.data(place.scope, place.unit, path);
  checkClauses(checking, place, exception.clauses);
}
