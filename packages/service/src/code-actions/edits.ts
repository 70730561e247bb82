import { lineBreakOf, type TextEdit } from "@scruple/syntax";
import type * as lsp from "vscode-languageserver-types";
import { toRange } from "../positions.ts";
import { fileOf, type Snapshot } from "../snapshot.ts";

/** An edit of any file of the project; of the snapshot's own where none is named. */
export interface ProjectEdit extends TextEdit {
  readonly file?: string;
}

/** Edits of the project's files, as the protocol has them. Null where a file cannot be edited. */
export function toWorkspaceEdit(
  { program, file, addresses }: Snapshot,
  edits: readonly ProjectEdit[],
): lsp.WorkspaceEdit | null {
  const changes: Record<string, lsp.TextEdit[]> = {};
  for (const edit of edits) {
    const path = edit.file ?? file.path;
    const target = path === file.path ? file : fileOf(program, path);
    const uri = addresses.uriOf(path, false);
    if (target === undefined || uri === null) return null;
    const newText = edit.text.replace(/\r\n?|\n/g, lineBreakOf(target.text));
    changes[uri] = [...(changes[uri] ?? []), { range: toRange(target.lines, edit), newText }];
  }
  return { changes };
}

/** An action that makes some edits; none where they cannot be made. */
export function action(
  snapshot: Snapshot,
  title: string,
  kind: lsp.CodeActionKind,
  edits: readonly ProjectEdit[],
  more: Partial<lsp.CodeAction> = {},
): lsp.CodeAction[] {
  const edit = toWorkspaceEdit(snapshot, edits);
  return edit === null ? [] : [{ title, kind, edit, ...more }];
}
