import * as lsp from "vscode-languageserver-types";
import { nameAt } from "./names/name-at.ts";
import { usesIn } from "./names/uses-in.ts";
import { toOffset, toRange } from "./positions.ts";
import type { Snapshot } from "./snapshot.ts";

/** The places of the file that name what is named at a position; the declaration as what writes it. */
export function documentHighlight(snapshot: Snapshot, position: lsp.Position): lsp.DocumentHighlight[] {
  const { program, file } = snapshot;
  const here = nameAt(snapshot, toOffset(file, position));
  if (here === null) return [];
  return usesIn(program, file)
    .filter(({ key }) => key === here.key)
    .map((use) => ({
      range: toRange(file.lines, use),
      kind: use.declares ? lsp.DocumentHighlightKind.Write : lsp.DocumentHighlightKind.Read,
    }));
}
