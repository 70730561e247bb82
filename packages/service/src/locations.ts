import type { NamedSymbol, Program } from "@scruple/compiler";
import type { Range } from "@scruple/syntax";
import type * as lsp from "vscode-languageserver-types";
import { type Entity, keyOf, symbolKey } from "./names/entity.ts";
import { type Use, usesIn } from "./names/uses-in.ts";
import { type Text, toRange } from "./positions.ts";
import { type Addresses, fileOf, type Snapshot } from "./snapshot.ts";

/** A declaration: the whole of it, and its name. */
export interface Declared {
  readonly path: string;
  readonly std: boolean;
  readonly text: Text;
  readonly whole: Range;
  readonly name: Range;
}

/** Where an entity is declared; several places for what is merged, such as facts, levels and the files of a policy. */
export function declarationsOf(program: Program, entity: Entity): readonly Declared[] {
  switch (entity.kind) {
    case "symbol":
      return sameSymbols(program, entity.symbol).map(({ unit, node, at }) => ({
        ...{ path: unit.path, std: unit.std, text: unit, whole: node, name: at },
      }));
    case "parameter": {
      const { unit } = entity.duty;
      return [{ path: unit.path, std: unit.std, text: unit, whole: entity.node, name: entity.node.name }];
    }
    case "policy": {
      const units = program.scopes.get(entity.name)?.units ?? [];
      return units.flatMap((unit) => {
        const header = unit.tree.file.policy;
        return header === null
          ? []
          : [{ path: unit.path, std: unit.std, text: unit, whole: header, name: header.name as Range }];
      });
    }
    default:
      return usesOf(program, entity)
        .filter(({ use }) => use.declares)
        .map(({ path, use }) => ({ path, std: false, text: fileOf(program, path)!, whole: use, name: use }));
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

/** Every place of the project where an entity is named. */
export function usesOf(program: Program, entity: Entity): readonly { readonly path: string; readonly use: Use }[] {
  const key = keyOf(entity);
  return program.files.flatMap((file) =>
    usesIn(program, file)
      .filter((use) => use.key === key)
      .map((use) => ({ path: file.path, use })),
  );
}

export function toLocation(
  text: Text,
  range: Range,
  file: { readonly path: string; readonly std: boolean },
  addresses: Addresses,
): lsp.Location | null {
  const uri = addresses.uriOf(file.path, file.std);
  return uri === null ? null : { uri, range: toRange(text.lines, range) };
}

/** Locations of uses in the project's files. */
export function useLocations(
  { program, addresses }: Snapshot,
  uses: readonly { readonly path: string; readonly use: Use }[],
): lsp.Location[] {
  return uses.flatMap(({ path, use }) => {
    const location = toLocation(fileOf(program, path)!, use, { path, std: false }, addresses);
    return location === null ? [] : [location];
  });
}
