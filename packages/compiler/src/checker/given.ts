import type * as syntax from "@scruple/syntax";
import { pathText } from "../binder/spelling.ts";
import { givenTwice } from "../diagnostics/given-twice.ts";
import { notGivable } from "../diagnostics/not-givable.ts";
import type { Checking, Place } from "./checking.ts";
import { resolveFact } from "./facts.ts";
import { checkValue } from "./values.ts";

/** Checks what a test says is known: each fact once, with a value that it can have. */
export function checkGiven(checking: Checking, place: Place, given: readonly syntax.Given[]): void {
  const { findings, resolver } = checking;
  const seen = new Map<string, syntax.Range>();
  for (const node of given) {
    if (node.kind !== "givenValue") {
      for (const [path, kind] of [
        [node.purpose, "purpose"],
        [node.channel, "channel"],
      ] as const) {
        if (path && pathText(path) !== "any") resolver.find(place.scope, place.unit, path, kind);
      }
      continue;
    }
    const meaning = resolveFact(checking, place, node.path);
    if (meaning.kind === "condition" || meaning.kind === "outbound") {
      findings.add(place.unit, notGivable.at(node.path, [pathText(node.path), meaning.kind]));
    }
    if (meaning.kind !== "fact") continue;
    const first = seen.get(meaning.fact);
    if (first) {
      const related = [{ start: first.start, end: first.end, message: "It is first given here." }];
      findings.add(place.unit, givenTwice.at(node.path, [meaning.fact], { related }));
      continue;
    }
    seen.set(meaning.fact, node.path);
    const value = checkValue(node.value, meaning.type, { unit: place.unit, findings, of: meaning.fact }, true);
    if (value !== null) {
      checking.file.values.set(node, value);
      checking.file.givenFacts.set(node, meaning.fact);
    }
  }
}
