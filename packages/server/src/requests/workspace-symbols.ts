import * as service from "@scruple/service";
import type * as lsp from "vscode-languageserver";
import type { Session } from "../session.ts";

/** What is declared in all projects. */
export function workspaceSymbols(session: Session, { query }: lsp.WorkspaceSymbolParams): lsp.WorkspaceSymbol[] {
  return session.checkers.flatMap(({ project }) =>
    service.workspaceSymbols(project.program(), project.addresses, query),
  );
}
