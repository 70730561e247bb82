import * as service from "@scruple/service";
import type * as lsp from "vscode-languageserver";
import type { Session } from "../session.ts";
import { RequestFailed } from "./request-failed.ts";
import { workedOutOf } from "./worked-out-of.ts";

/** How the promises of all projects stand; `isSettled` once that is known of the files as they are now. */
export interface Status {
  readonly isSettled: boolean;
  /** Files with an error: of their policies nothing is proved. */
  readonly errors: number;
  readonly promises: { readonly total: number; readonly broken: number; readonly undecided: number };
}

export interface MatrixParams extends lsp.TextDocumentPositionParams {
  readonly by?: service.DecisionMatrix["by"];
  readonly operation?: service.DecisionMatrix["operation"];
}

/** Requests beyond the protocol, for an editor that shows more than it: tests, coverage, the matrix, explanations. */
export const extensionHandlers = {
  "scruple/status": (session: Session): Status => {
    const findings = session.checkers.flatMap((checker) =>
      [...checker.paths].flatMap((path) => checker.report(path).items),
    );
    const count = (code: string) => findings.filter((one) => one.code === code).length;
    return {
      isSettled: session.checkers.every(({ isSettled }) => isSettled),
      errors: findings.filter(({ severity }) => severity === 1).length,
      promises: { total: promisesIn(session), broken: count("SCR6001"), undecided: count("SCR6002") },
    };
  },
  "scruple/tests": (session: Session) =>
    session.checkers.flatMap(({ project }) =>
      project.program().files.flatMap((file) => {
        const tests = service.testsIn({ file });
        return tests.length === 0 ? [] : [{ uri: project.uriOf(file.path), tests }];
      }),
    ),
  "scruple/runTests": (
    session: Session,
    { textDocument, name }: { readonly textDocument: lsp.TextDocumentIdentifier; readonly name?: unknown },
    token: lsp.CancellationToken,
  ) => {
    const { uri } = textDocument;
    const snapshot = known(session, uri);
    const { program, file, addresses } = snapshot;
    const only = { path: file.path, ...(typeof name === "string" ? { name } : {}) };
    return workedOutOf(snapshot, service.runProgramTests(program, addresses, only), { session, uri, token });
  },
  "scruple/coverage": (
    session: Session,
    { textDocument: { uri } }: { readonly textDocument: lsp.TextDocumentIdentifier },
    token: lsp.CancellationToken,
  ) => {
    const snapshot = known(session, uri);
    return workedOutOf(snapshot, service.coverageOf(snapshot), { session, uri, token });
  },
  "scruple/matrix": (session: Session, { textDocument, position, by, operation }: MatrixParams) => {
    const snapshot = known(session, textDocument.uri);
    const offset = service.toOffset(snapshot.file, position);
    return service.decisionMatrix(snapshot, offset, { ...(by ? { by } : {}), ...(operation ? { operation } : {}) });
  },
  "scruple/explain": (
    session: Session,
    { textDocument, request }: { readonly textDocument: lsp.TextDocumentIdentifier; readonly request?: unknown },
  ) => {
    const { program, file } = known(session, textDocument.uri);
    const model = program.model(file.policy ?? "");
    if (model === null) throw new RequestFailed("The errors of the policy come first.");
    return service.explainRequest(model, request);
  },
};

function known(session: Session, uri: string): service.Snapshot {
  const snapshot = session.snapshot(uri);
  if (snapshot === null) throw new RequestFailed("There is no such policy file.");
  return snapshot;
}

/** Lines of promises, each of which is proved or not. */
function promisesIn(session: Session): number {
  let total = 0;
  for (const { project } of session.checkers)
    for (const { tree } of project.view(null).files)
      for (const node of tree.file.declarations) if (node.kind === "promise") total += node.lines.length;
  return total;
}
