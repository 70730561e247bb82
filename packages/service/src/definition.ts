import type * as lsp from "vscode-languageserver-types";
import { declarationsOf } from "./locations.ts";
import type { Entity } from "./names/entity.ts";
import { nameAt } from "./names/name-at.ts";
import { toOffset, toRange } from "./positions.ts";
import type { Snapshot } from "./snapshot.ts";

/** Where what is named at a position is declared. */
export function definition(snapshot: Snapshot, position: lsp.Position): lsp.LocationLink[] {
  const use = nameAt(snapshot, toOffset(snapshot.file, position));
  return use === null ? [] : links(snapshot, use, [use.entity]);
}

/**
 * Where the kind of a thing is declared: the categories of a field, the attribute that has a value, the source of a
 * derived source. Of everything else, what it is within.
 */
export function typeDefinition(snapshot: Snapshot, position: lsp.Position): lsp.LocationLink[] {
  const use = nameAt(snapshot, toOffset(snapshot.file, position));
  return use === null ? [] : links(snapshot, use, kindsOf(snapshot, use.entity));
}

function links(
  { program, file, addresses }: Snapshot,
  origin: { readonly start: number; readonly end: number },
  entities: readonly Entity[],
): lsp.LocationLink[] {
  const originSelectionRange = toRange(file.lines, origin);
  return entities.flatMap((entity) =>
    declarationsOf(program, entity).flatMap(({ file: { path, std, lines }, whole, name }) => {
      const targetUri = addresses.uriOf(path, std);
      if (targetUri === null) return [];
      const targetRange = toRange(lines, whole);
      return [{ originSelectionRange, targetUri, targetRange, targetSelectionRange: toRange(lines, name) }];
    }),
  );
}

function kindsOf({ program }: Snapshot, entity: Entity): readonly Entity[] {
  if (entity.kind === "value") return [entity.of];
  if (entity.kind === "parameter") return [{ kind: "symbol", symbol: entity.duty }];
  if (entity.kind !== "symbol") return [];
  const { symbol } = entity;
  const paths = () => {
    switch (symbol.kind) {
      case "field":
        return symbol.node.categories;
      case "source":
        return symbol.node.derivedFrom;
      case "category":
      case "purpose":
      case "recipient":
      case "channel":
        return symbol.node.within;
      default:
        return [];
    }
  };
  const starts = new Set(paths().map(({ parts }) => parts.at(-1)?.start));
  return program
    .references(symbol.unit.path)
    .filter(({ start }) => starts.has(start))
    .map((reference) => ({ kind: "symbol", symbol: reference.symbol }) as const);
}
