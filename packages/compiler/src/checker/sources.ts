import { declarationsIn } from "../binder/declarations.ts";
import { pathText } from "../binder/spelling.ts";
import { kindNoun } from "../binder/symbols.ts";
import { wrongKind } from "../diagnostics/wrong-kind.ts";
import type { Checking, Place } from "./checking.ts";

/** Resolves what sources are derived from, what for, and of which categories their fields are. */
export function checkSources(checking: Checking, { scope, unit }: Place): void {
  const { resolver, findings } = checking;
  for (const symbol of declarationsIn(unit).vocabulary) {
    if (symbol.kind === "field") {
      for (const path of symbol.node.categories) resolver.find(scope, unit, path, "category");
    }
    if (symbol.kind !== "source") continue;
    const { node } = symbol;
    for (const path of node.derivedFrom) {
      const target = resolver.data(scope, unit, path);
      if (target === null) continue;
      if (typeof target === "string" || target.kind === "category") {
        const is = typeof target === "string" ? "no single source" : kindNoun[target.kind];
        findings.add(unit, wrongKind.at(path, [pathText(path), is, "a source or a field"]));
      }
    }
    for (const path of node.collectedFor) resolver.find(scope, unit, path, "purpose");
    if (node.consentFor) resolver.find(scope, unit, node.consentFor, "purpose");
    for (const path of node.keep?.exceptFor ?? []) resolver.find(scope, unit, path, "purpose");
  }
}
