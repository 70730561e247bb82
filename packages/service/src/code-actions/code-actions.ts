import type * as lsp from "vscode-languageserver-types";
import { toOffsets } from "../positions.ts";
import type { Snapshot } from "../snapshot.ts";
import { acceptFinding } from "./accept-finding.ts";
import { addTest } from "./add-test.ts";
import { commentToClause } from "./comment-to-clause.ts";
import { declareName } from "./declare-name.ts";
import { extractCondition } from "./extract-condition.ts";
import { fixAll, quickFixes } from "./fixes.ts";
import { inlineCondition } from "./inline-condition.ts";

/** What can be done about a range: fixes of what is found there, and rewritings. */
export function codeActions(
  snapshot: Snapshot,
  range: lsp.Range,
  { only, diagnostics }: lsp.CodeActionContext,
): lsp.CodeAction[] {
  const at = toOffsets(snapshot.file, range);
  const isAsked = (kind: string) =>
    only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
  return [
    ...(isAsked("quickfix")
      ? [...quickFixes(snapshot, at, diagnostics), ...declareName(snapshot, at), ...acceptFinding(snapshot, at)]
      : []),
    ...(isAsked("refactor.extract") ? extractCondition(snapshot, at) : []),
    ...(isAsked("refactor.inline") ? inlineCondition(snapshot, at) : []),
    ...(isAsked("refactor.rewrite") ? [...commentToClause(snapshot, at), ...addTest(snapshot, at)] : []),
    // Asked for by name alone: on save, or from a menu.
    ...(only?.some((one) => one.startsWith("source")) && isAsked("source.fixAll.scruple") ? fixAll(snapshot) : []),
  ];
}
