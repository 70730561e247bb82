import type { Path } from "@scruple/syntax";
import { type Edge, reportCycles } from "../binder/cycle-report.ts";
import type { PolicyScope } from "../binder/scope.ts";
import type { NamedSymbol, SymbolKind, SymbolOf } from "../binder/symbols.ts";
import type { Findings } from "../findings.ts";
import type { Shared } from "./checking.ts";
import { refsIn } from "./refs-in.ts";

/** Reports what leads back to itself: categories, purposes, recipients, channels, conditions, derived sources. */
export function checkCycles(shared: Shared, scopes: readonly PolicyScope[], findings: Findings): void {
  const byKind = new Map<SymbolKind, NamedSymbol[]>();
  for (const { vocabulary } of scopes) {
    for (const symbol of vocabulary) {
      const list = byKind.get(symbol.kind);
      if (list) list.push(symbol);
      else byKind.set(symbol.kind, [symbol]);
    }
  }
  const report = <K extends SymbolKind>(kind: K, verb: string, pathsOf: (symbol: SymbolOf<K>) => readonly Path[]) => {
    const symbols = (byKind.get(kind) ?? []) as unknown as readonly SymbolOf<K>[];
    const edges = new Map<NamedSymbol, readonly Edge<NamedSymbol>[]>();
    for (const symbol of symbols) {
      const own = edgesOf(shared, symbol, pathsOf(symbol));
      if (own.length > 0) edges.set(symbol, own);
    }
    reportCycles<NamedSymbol>(
      edges.keys(),
      (symbol) => edges.get(symbol) ?? [],
      (symbol) => symbol.name,
      verb,
      findings,
    );
  };
  report("category", "is within", (symbol) => symbol.node.within);
  report("purpose", "is within", (symbol) => symbol.node.within);
  report("recipient", "is within", (symbol) => symbol.node.within);
  report("channel", "is within", (symbol) => symbol.node.within);
  report("source", "is derived from", (symbol) => symbol.node.derivedFrom);
  report("condition", "is made of", (symbol) => refsIn(symbol.node.value));
}

/** From a declaration to those of its kind that its paths mean. */
function edgesOf(shared: Shared, symbol: NamedSymbol, paths: readonly Path[]): readonly Edge<NamedSymbol>[] {
  return paths.flatMap((path) => {
    const meaning = shared.meaning(symbol.unit, path);
    if (meaning === null || typeof meaning === "string") return [];
    // Every field of a derived source is derived from the same, so sources are what derivation ties together.
    const to = meaning.kind === "field" && symbol.kind === "source" ? meaning.source : meaning;
    return to.kind === symbol.kind ? [{ to, at: path, file: symbol.unit.path }] : [];
  });
}
