import type { NamedSymbol, Program } from "@scruple/compiler";
import type * as lsp from "vscode-languageserver-types";
import { type OutlineKind, symbolKind } from "./document-symbols.ts";
import { declaredIn } from "./names/declared-in.ts";
import { toRange } from "./positions.ts";
import type { Addresses } from "./snapshot.ts";

/** More than anyone looks through. */
const most = 500;

/** Everything that the project declares and whose name has the letters of the query, in their order. */
export function workspaceSymbols(program: Program, addresses: Addresses, query: string): lsp.WorkspaceSymbol[] {
  const wanted = query.trim().toLowerCase();
  const found: { readonly symbol: NamedSymbol; readonly rank: number }[] = [];
  for (const file of program.files) {
    for (const symbol of declaredIn(program, file)) {
      const rank = rankOf(wanted, symbol.name.toLowerCase());
      if (rank >= 0) found.push({ symbol, rank });
    }
  }
  found.sort((a, b) => a.rank - b.rank || (a.symbol.name < b.symbol.name ? -1 : 1));
  return found.slice(0, most).flatMap(({ symbol }) => {
    const uri = addresses.uriOf(symbol.unit.path, false);
    if (uri === null) return [];
    const range = toRange(symbol.unit.lines, symbol.at);
    return [{ name: symbol.name, kind: kindOf(symbol), containerName: containerOf(symbol), location: { uri, range } }];
  });
}

/** 0 for the beginning of the name, 1 for a part of it, 2 for letters in their order; -1 where they are not in it. */
function rankOf(wanted: string, name: string): number {
  if (name.startsWith(wanted)) return 0;
  if (name.includes(wanted)) return 1;
  let at = 0;
  for (const letter of wanted) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return -1;
  }
  return 2;
}

function kindOf({ kind }: NamedSymbol): lsp.SymbolKind {
  return symbolKind(kind === "attribute" || kind === "fact" ? "member" : (kind satisfies OutlineKind));
}

export function containerOf(symbol: NamedSymbol): string {
  if (symbol.kind === "field") return symbol.source.name;
  if (symbol.kind === "rule" && symbol.interaction !== null) return symbol.interaction.name;
  return symbol.policy;
}
