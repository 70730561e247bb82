import type { Path } from "@scruple/syntax";
import { type Edge, reportCycles } from "../binder/cycle-report.ts";
import type { PolicyScope } from "../binder/scope.ts";
import type { NamedSymbol, SymbolKind, SymbolOf } from "../binder/symbols.ts";
import type { Checking } from "./checking.ts";
import { refsIn } from "./refs-in.ts";

/** Reports what leads back to itself: categories, purposes, recipients, channels, conditions, derived sources. */
export function checkCycles(checking: Checking, scopes: readonly PolicyScope[]): void {
  const byKind = new Map<SymbolKind, NamedSymbol[]>();
  for (const { symbols } of scopes) {
    for (const symbol of symbols) {
      const list = byKind.get(symbol.kind);
      if (list) list.push(symbol);
      else byKind.set(symbol.kind, [symbol]);
    }
  }
  report(checking, byKind, "category", "is within", (symbol) => symbol.node.within);
  report(checking, byKind, "purpose", "is within", (symbol) => symbol.node.within);
  report(checking, byKind, "recipient", "is within", (symbol) => symbol.node.within);
  report(checking, byKind, "channel", "is within", (symbol) => symbol.node.within);
  report(checking, byKind, "source", "is derived from", (symbol) => symbol.node.derivedFrom);
  report(checking, byKind, "condition", "is made of", (symbol) => refsIn(symbol.node.value));
}

function report<K extends SymbolKind>(
  checking: Checking,
  byKind: ReadonlyMap<SymbolKind, readonly NamedSymbol[]>,
  kind: K,
  verb: string,
  pathsOf: (symbol: SymbolOf<K>) => readonly Path[],
): void {
  const symbols = (byKind.get(kind) ?? []) as readonly SymbolOf<K>[];
  const edges = new Map<NamedSymbol, Edge<NamedSymbol>[]>();
  for (const symbol of symbols) {
    const own: Edge<NamedSymbol>[] = [];
    for (const path of pathsOf(symbol)) {
      const meaning = checking.resolver.meaning(path);
      if (meaning === null || typeof meaning === "string") continue;
      // Every field of a derived source is derived from the same, so sources are what derivation ties together.
      const to = meaning.kind === "field" && kind === "source" ? meaning.source : meaning;
      if (to.kind === kind) own.push({ to, at: path, file: symbol.unit.path });
    }
    edges.set(symbol, own);
  }
  reportCycles<NamedSymbol>(
    symbols,
    (symbol) => edges.get(symbol) ?? [],
    (symbol) => symbol.name,
    verb,
    checking.findings,
  );
}
