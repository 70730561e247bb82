import type { CheckedFile, NamedSymbol, Program } from "@scruple/compiler";
import type { Range } from "@scruple/syntax";
import type * as lsp from "vscode-languageserver-types";
import { type Entity, keyOf, nameOf, symbolKey } from "./names/entity.ts";
import { isRead, type Use, usesWith } from "./names/uses-in.ts";
import { toRange } from "./positions.ts";
import { type Addresses, filesOf, type Snapshot } from "./snapshot.ts";

/** A declaration: the whole of it, and its name. */
export interface Declared {
  readonly file: CheckedFile;
  readonly whole: Range;
  readonly name: Range;
}

/** A name in a file. */
export interface Used {
  readonly file: CheckedFile;
  readonly use: Use;
}

/** Where an entity is declared; several places for what is merged, such as facts, levels and the files of a policy. */
export function declarationsOf(program: Program, entity: Entity): readonly Declared[] {
  switch (entity.kind) {
    case "symbol":
      return sameSymbols(program, entity.symbol).map(({ unit, node, at }) => ({ file: unit, whole: node, name: at }));
    case "parameter":
      return [{ file: entity.duty.unit, whole: entity.node, name: entity.node.name }];
    case "policy": {
      const units = program.scopes.get(entity.name)?.units ?? [];
      return units.flatMap((unit) => {
        const header = unit.tree.file.policy;
        return header === null ? [] : [{ file: unit, whole: header, name: header.name as Range }];
      });
    }
    default:
      return usesOf(program, entity)
        .filter(({ use }) => use.declares)
        .map(({ file, use }) => ({ file, whole: use, name: use }));
  }
}

/** The symbol, and all others that are merged with it. */
function sameSymbols(program: Program, symbol: NamedSymbol): readonly NamedSymbol[] {
  if (symbol.kind !== "attribute" && symbol.kind !== "fact") return [symbol];
  const key = symbolKey(symbol);
  const found: NamedSymbol[] = [];
  for (const { attributes, tables } of program.scopes.values()) {
    const one = symbol.kind === "attribute" ? attributes.get(symbol.name) : tables.known.get(symbol.name);
    if (one !== undefined && symbolKey(one) === key) found.push(one);
  }
  return found;
}

/** Every place of the project, and of what it uses of the standard vocabulary, where an entity is named. */
export function usesOf(program: Program, entity: Entity): readonly Used[] {
  const key = keyOf(entity);
  // The last part of a policy's name may stand apart from the others.
  const word = nameOf(entity).split(".").at(-1)!;
  const found: Used[] = [];
  for (const file of filesOf(program)) {
    // A text without the word need not be read for it.
    if (!isRead(program, file) && !file.text.includes(word)) continue;
    for (const use of usesWith(key, program, file)) found.push({ file, use });
  }
  return found;
}

/** Where a range of a file is; null where an editor cannot open the file. */
export function toLocation({ path, std, lines }: CheckedFile, range: Range, addresses: Addresses): lsp.Location | null {
  const uri = addresses.uriOf(path, std);
  return uri === null ? null : { uri, range: toRange(lines, range) };
}

export function useLocations({ addresses }: Snapshot, uses: readonly Used[]): lsp.Location[] {
  return uses.flatMap(({ file, use }) => toLocation(file, use, addresses) ?? []);
}
