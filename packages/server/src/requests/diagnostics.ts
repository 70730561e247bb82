import type * as lsp from "vscode-languageserver";
import type { Session } from "../session.ts";

/** The diagnostics of one file, once its project has been checked; or, where that takes long, as far as they are known. */
export async function documentReport(
  session: Session,
  { textDocument, previousResultId }: lsp.DocumentDiagnosticParams,
  token: lsp.CancellationToken,
): Promise<lsp.DocumentDiagnosticReport> {
  const checker = session.checkerOf(textDocument.uri);
  const path = checker?.project.pathOf(textDocument.uri);
  if (!checker || path === null || path === undefined) return { kind: "full", items: [] };
  if (checker.isAhead) session.schedule.oweRefresh();
  else await session.schedule.checked(checker, token, { orBegun: true });
  const { id, items } = checker.report(path);
  return id === previousResultId
    ? { kind: "unchanged", resultId: id }
    : { kind: "full", resultId: id, items: [...items] };
}

/**
 * The diagnostics of every file that has any, or that the client has a report of. What is known before the analysis is told at once;
 * who asks again waits for its end, however long that is, and need not ask in between.
 */
export async function workspaceReport(
  session: Session,
  { previousResultIds }: lsp.WorkspaceDiagnosticParams,
  token: lsp.CancellationToken,
): Promise<lsp.WorkspaceDiagnosticReport> {
  const before = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
  const items: lsp.WorkspaceDocumentDiagnosticReport[] = [];
  for (const checker of session.checkers) {
    await session.schedule.checked(checker, token, { longest: Number.POSITIVE_INFINITY, orBegun: true });
    for (const path of checker.paths) {
      const uri = checker.project.uriOf(path);
      if (session.checkerOf(uri) !== checker && !path.endsWith(".json")) continue;
      const { id, items: found } = checker.report(path);
      const version = session.versionOf(uri);
      if (before.get(uri) === id) items.push({ kind: "unchanged", uri, version, resultId: id });
      else if (found.length > 0 || before.has(uri))
        items.push({ kind: "full", uri, version, resultId: id, items: [...found] });
      before.delete(uri);
    }
  }
  for (const uri of before.keys()) items.push({ kind: "full", uri, version: null, items: [] });
  return { items };
}
