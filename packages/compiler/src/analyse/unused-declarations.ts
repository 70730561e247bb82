import type { Model } from "@scruple/model";
import type { Reference } from "../binder/resolve.ts";
import type { PolicyScope } from "../binder/scope.ts";
import { kindNoun, type NamedSymbol, type SymbolKind } from "../binder/symbols.ts";

const kinds: ReadonlySet<SymbolKind> = new Set<SymbolKind>([
  ...(["category", "purpose", "recipient", "channel", "condition", "duty", "fact", "attribute"] as const),
]);

/**
 * What a policy declares and nothing refers to but tests. Only of a policy with interactions: others declare for those who use
 * them. A channel or a purpose within which something stands that is used counts as used, since it is referred to there.
 */
export function unusedDeclarations(
  scope: PolicyScope,
  model: Model,
  references: readonly Reference[],
): readonly { readonly symbol: NamedSymbol; readonly noun: string }[] {
  if (model.interactions.length === 0) return [];
  const tests = new Map<string, { readonly start: number; readonly end: number }[]>();
  for (const { unit, node } of scope.tests) tests.set(unit.path, [...(tests.get(unit.path) ?? []), node]);
  const used = new Set<string>();
  for (const { file, start, symbol } of references) {
    const isInTest = tests.get(file)?.some((test) => test.start <= start && start < test.end) ?? false;
    if (!isInTest) used.add(`${symbol.kind} ${symbol.id}`);
  }
  return scope.symbols
    .filter((symbol) => kinds.has(symbol.kind) && !used.has(`${symbol.kind} ${symbol.id}`))
    .map((symbol) => ({ symbol, noun: kindNoun[symbol.kind].replace(/^an? /, "the ") }));
}
