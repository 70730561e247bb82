import { declarationsIn } from "../binder/declarations.ts";
import { checkAnnotations } from "./annotations.ts";
import { checkCategories, checkScales } from "./categories.ts";
import { checkChannels } from "./channels.ts";
import type { Checking, Place } from "./checking.ts";
import { checkConditions } from "./conditions.ts";
import { checkHierarchies } from "./hierarchies.ts";
import { checkInteractions } from "./interactions.ts";
import { checkPromises } from "./promises.ts";
import { checkRule } from "./rules.ts";
import { checkSources } from "./sources.ts";
import { checkTests } from "./tests.ts";

/** Resolves what the declarations of a file name. */
export function checkDeclarations(checking: Checking, place: Place): void {
  checkCategories(checking, place);
  checkHierarchies(checking, place);
  checkSources(checking, place);
  checkConditions(checking, place);
}

/** Checks the rest of a file, once the declarations of all files are resolved. */
export function checkUses(checking: Checking, place: Place): void {
  checkChannels(checking, place);
  checkScales(checking, place);
  checkInteractions(checking, place);
  for (const rule of declarationsIn(place.unit).rules) checkRule(checking, place, rule.node);
  checkPromises(checking, place);
  checkTests(checking, place);
  checkAnnotations(checking, place);
}
