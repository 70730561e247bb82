import type { Diagnostic } from "@scruple/compiler";
import { fixesTogether, type Range } from "@scruple/syntax";
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
  const fixes = fixesTogether(snapshot.findings().flatMap(({ fixes }) => (fixes.length === 1 ? fixes : [])));
  if (fixes.length === 0) return [];
  const edits = fixes.flatMap((fix) => fix.edits);
  return action(snapshot, "Fix all that leaves no choice", "source.fixAll.scruple", edits);
}
