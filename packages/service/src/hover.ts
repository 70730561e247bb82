import type * as lsp from "vscode-languageserver-types";
import { nameAt } from "./names/name-at.ts";
import { toOffset, toRange } from "./positions.ts";
import type { Snapshot } from "./snapshot.ts";
import { describeEntity } from "./words/describe-entity.ts";

/** What is to be said of the name at a position. */
export function hover(snapshot: Snapshot, position: lsp.Position): lsp.Hover | null {
  const { file } = snapshot;
  const use = nameAt(snapshot, toOffset(file, position));
  if (use === null) return null;
  return {
    contents: { kind: "markdown", value: describeEntity(snapshot, use.entity) },
    range: toRange(file.lines, use),
  };
}
