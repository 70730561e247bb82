import type * as lsp from "vscode-languageserver-types";
import { declarationsOf, toLocation, useLocations, usesOf } from "./locations.ts";
import { nameAt } from "./names/name-at.ts";
import { toOffset } from "./positions.ts";
import type { Snapshot } from "./snapshot.ts";

/** Every place that names what is named at a position. */
export function references(
  snapshot: Snapshot,
  position: lsp.Position,
  context: lsp.ReferenceContext = { includeDeclaration: true },
): lsp.Location[] {
  const { program, addresses } = snapshot;
  const here = nameAt(snapshot, toOffset(snapshot.file, position));
  if (here === null) return [];
  const found = useLocations(
    snapshot,
    usesOf(program, here.entity).filter(({ use }) => !use.declares),
  );
  if (!context.includeDeclaration) return found;
  const declared = declarationsOf(program, here.entity).flatMap(
    ({ file, name }) => toLocation(file, name, addresses) ?? [],
  );
  return [...declared, ...found];
}
