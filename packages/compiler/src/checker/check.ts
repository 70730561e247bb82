import type { PolicyScope } from "../binder/scope.ts";
import { checkAnnotations } from "./annotations.ts";
import { checkCategories, checkScales } from "./categories.ts";
import { checkChannels } from "./channels.ts";
import type { Checking } from "./checking.ts";
import { checkConditions } from "./conditions.ts";
import { checkCycles } from "./cycles.ts";
import { checkHierarchies } from "./hierarchies.ts";
import { checkInteractions } from "./interactions.ts";
import { checkPromises } from "./promises.ts";
import { checkRule } from "./rules.ts";
import { checkSources } from "./sources.ts";
import { checkTests } from "./tests.ts";

/** Checks all that the policies say. What a later step needs of an earlier one is resolved before it begins. */
export function checkAll(checking: Checking, scopes: readonly PolicyScope[]): void {
  for (const scope of scopes) {
    checkCategories(checking, scope);
    checkHierarchies(checking, scope);
    checkSources(checking, scope);
    checkConditions(checking, scope);
  }
  checkCycles(checking, scopes);
  for (const scope of scopes) {
    checkChannels(checking, scope);
    checkScales(checking, scope);
    checkInteractions(checking, scope);
    for (const rule of scope.rules) checkRule(checking, { scope, unit: rule.unit }, rule.node);
    checkPromises(checking, scope);
    checkTests(checking, scope);
    checkAnnotations(checking, scope);
  }
  checking.comparisons.report(scopes, checking.findings);
}
