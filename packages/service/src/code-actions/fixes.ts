import type { Diagnostic } from "@scruple/compiler";
import type { Range, TextEdit } from "@scruple/syntax";
import * as lsp from "vscode-languageserver-types";
import { toOffsets } from "../positions.ts";
import type { Snapshot } from "../snapshot.ts";
import { action } from "./edits.ts";

/** The fixes of everything that is found in a range. */
export function quickFixes(snapshot: Snapshot, range: Range, shown: readonly lsp.Diagnostic[]): lsp.CodeAction[] {
  return snapshot
    .findings()
    .filter(({ start, end }) => start <= range.end && end >= range.start)
    .flatMap((finding) =>
      finding.fixes.flatMap(({ title, edits }) =>
        action(snapshot, title, lsp.CodeActionKind.QuickFix, edits, {
          isPreferred: finding.fixes.length === 1,
          diagnostics: shown.filter((one) => isShown(snapshot, one, finding)),
        }),
      ),
    );
}

function isShown({ file }: Snapshot, shown: lsp.Diagnostic, { code, start, end }: Diagnostic): boolean {
  const at = toOffsets(file, shown.range);
  return shown.code === code && at.start === start && at.end === end;
}

/** Every fix of the file that leaves no choice, as far as they do not get in each other's way. */
export function fixAll(snapshot: Snapshot): lsp.CodeAction[] {
  const { file } = snapshot;
  const edits: TextEdit[] = [];
  for (const { fixes } of snapshot.findings()) {
    const [fix, ...others] = fixes;
    if (fix === undefined || others.length > 0) continue;
    const isOwn = fix.edits.every((edit) => (edit.file ?? file.path) === file.path);
    if (isOwn && !fix.edits.some((edit) => edits.some((taken) => overlap(taken, edit)))) edits.push(...fix.edits);
  }
  if (edits.length === 0) return [];
  return action(snapshot, "Fix all that leaves no choice", "source.fixAll.scruple", edits);
}

function overlap(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}
