import type { CheckedFile } from "@scruple/compiler";
import { applyEdits } from "@scruple/syntax";
import type * as lsp from "vscode-languageserver-types";
import { toOffsets } from "../positions.ts";
import { fileOf, type Snapshot } from "../snapshot.ts";

/** The text of a range. */
export function textAt(file: CheckedFile, range: lsp.Range): string {
  const { start, end } = toOffsets(file, range);
  return file.text.slice(start, end);
}

/** The files of a program after edits, by path. */
export function edited({ program }: Snapshot, edit: lsp.WorkspaceEdit): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(edit.changes ?? {}).map(([uri, edits]) => {
      const path = uri.replace("file:///", "");
      return [path, applied(fileOf(program, path)!, edits)];
    }),
  );
}

/** The text of a file after edits. */
export function applied(file: CheckedFile, edits: readonly lsp.TextEdit[]): string {
  return applyEdits(
    file.text,
    edits.map(({ range, newText }) => ({ ...toOffsets(file, range), text: newText })),
  );
}
