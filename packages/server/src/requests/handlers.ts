import * as service from "@scruple/service";
import type * as lsp from "vscode-languageserver";
import type { Session } from "../session.ts";
import { documentReport, workspaceReport } from "./diagnostics.ts";

type Handler<Params, Result> = (
  session: Session,
  params: Params,
  token: lsp.CancellationToken,
) => Result | Promise<Result>;

/** A handler of a request that looks at one file, and answers nothing for files that it does not know. */
function onFile<Params extends { readonly textDocument: lsp.TextDocumentIdentifier }, Result>(
  answer: (snapshot: service.Snapshot, params: Params, session: Session) => Result,
): Handler<Params, Result | null> {
  return (session, params) => {
    const snapshot = session.snapshot(params.textDocument.uri);
    return snapshot === null ? null : answer(snapshot, params, session);
  };
}

/** As `onFile`, of a file as it is now in a program that may be a little older: for what must not wait. */
function onLatest<Params extends { readonly textDocument: lsp.TextDocumentIdentifier }, Result>(
  answer: (snapshot: service.Snapshot, params: Params, session: Session) => Result,
): Handler<Params, Result | null> {
  return (session, params) => {
    const snapshot = session.latest(params.textDocument.uri);
    return snapshot === null ? null : answer(snapshot, params, session);
  };
}

/** What answers each request, by its method. */
export const handlers = {
  "textDocument/diagnostic": documentReport,
  "workspace/diagnostic": workspaceReport,
  "textDocument/completion": onLatest((snapshot, { position, context }: lsp.CompletionParams, { client }) =>
    service.completion(snapshot, position, {
      snippets: client.insertsSnippets,
      unasked: context?.triggerCharacter === " ",
    }),
  ),
  "completionItem/resolve": (session: Session, item: lsp.CompletionItem) => {
    const snapshot = service.isCompletionData(item.data) ? session.latest(item.data.uri) : null;
    return snapshot === null ? item : service.resolveCompletion(snapshot, item);
  },
  "textDocument/hover": onFile((snapshot, { position }: lsp.HoverParams) => service.hover(snapshot, position)),
  "textDocument/definition": onFile((snapshot, { position }: lsp.DefinitionParams) =>
    service.definition(snapshot, position),
  ),
  "textDocument/typeDefinition": onFile((snapshot, { position }: lsp.TypeDefinitionParams) =>
    service.typeDefinition(snapshot, position),
  ),
  "textDocument/references": onFile((snapshot, { position, context }: lsp.ReferenceParams) =>
    service.references(snapshot, position, context),
  ),
  "textDocument/documentHighlight": onFile((snapshot, { position }: lsp.DocumentHighlightParams) =>
    service.documentHighlight(snapshot, position),
  ),
  "textDocument/documentSymbol": onFile((snapshot, _params: lsp.DocumentSymbolParams) =>
    service.documentSymbols(snapshot),
  ),
  "textDocument/formatting": onFile((snapshot, _params: lsp.DocumentFormattingParams) =>
    service.formatDocument(snapshot),
  ),
  "textDocument/rangeFormatting": onFile((snapshot, { range }: lsp.DocumentRangeFormattingParams) =>
    service.formatRange(snapshot, range),
  ),
  "textDocument/onTypeFormatting": onFile((snapshot, { position, ch }: lsp.DocumentOnTypeFormattingParams) =>
    service.formatOnType(snapshot, position, ch),
  ),
  "workspace/textDocumentContent": (session: Session, { uri }: lsp.TextDocumentContentParams) => ({
    text: session.library.text(uri) ?? "",
  }),
} satisfies Record<string, Handler<never, unknown>>;

export type Method = keyof typeof handlers;
