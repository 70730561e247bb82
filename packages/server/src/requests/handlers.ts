import * as service from "@scruple/service";
import type * as lsp from "vscode-languageserver";
import type { Session } from "../session.ts";
import { executeCommand } from "./commands.ts";
import { documentReport, workspaceReport } from "./diagnostics.ts";
import { extensionHandlers } from "./extension.ts";
import { references } from "./in-every-project.ts";
import { rename, told } from "./rename.ts";
import { willRenameFiles } from "./rename-files.ts";
import { workedOutOf } from "./worked-out-of.ts";
import { workspaceSymbols } from "./workspace-symbols.ts";

type Handler<Params, Result> = (
  session: Session,
  params: Params,
  token: lsp.CancellationToken,
) => Result | Promise<Result>;

/** A handler of a request that looks at one file, and answers nothing for files that it does not know. */
function onFile<Params extends { readonly textDocument: lsp.TextDocumentIdentifier }, Result>(
  answer: (snapshot: service.Snapshot, params: Params, session: Session, token: lsp.CancellationToken) => Result,
): Handler<Params, Result | null> {
  return (session, params, token) => {
    const snapshot = session.snapshot(params.textDocument.uri);
    return snapshot === null ? null : answer(snapshot, params, session, token);
  };
}

/** As `onFile`, of what the standard vocabulary says as well: for what reads, and changes nothing. */
function onReadable<Params extends { readonly textDocument: lsp.TextDocumentIdentifier }, Result>(
  answer: (snapshot: service.Snapshot, params: Params, session: Session) => Result,
): Handler<Params, Result | null> {
  return (session, params) => {
    const snapshot = session.readable(params.textDocument.uri);
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

/** A handler of a request about an item of the call hierarchy, which carries what it is about. */
function onItem<Result>(
  answer: (snapshot: service.Snapshot, item: lsp.CallHierarchyItem) => Result,
): Handler<{ readonly item: lsp.CallHierarchyItem }, Result | null> {
  return (session, { item }) => {
    const snapshot = service.isCallData(item.data) ? session.readable(item.data.uri) : null;
    return snapshot === null ? null : answer(snapshot, item);
  };
}

/** Links for editors that take them, plain locations for others. */
function asTaken(links: lsp.LocationLink[], takesLinks: boolean): lsp.LocationLink[] | lsp.Location[] {
  return takesLinks
    ? links
    : links.map(({ targetUri, targetSelectionRange }) => ({ uri: targetUri, range: targetSelectionRange }));
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
  "textDocument/hover": onReadable((snapshot, { position }: lsp.HoverParams, session) => {
    const found = service.hover(snapshot, position);
    session.countOn(snapshot);
    return found;
  }),
  "textDocument/signatureHelp": onFile((snapshot, { position }: lsp.SignatureHelpParams) =>
    service.signatureHelp(snapshot, position),
  ),
  "textDocument/definition": onReadable((snapshot, { position }: lsp.DefinitionParams, { client }) =>
    asTaken(service.definition(snapshot, position), client.takesLinks.definition),
  ),
  "textDocument/typeDefinition": onReadable((snapshot, { position }: lsp.TypeDefinitionParams, { client }) =>
    asTaken(service.typeDefinition(snapshot, position), client.takesLinks.typeDefinition),
  ),
  "textDocument/references": references,
  "textDocument/documentHighlight": onReadable((snapshot, { position }: lsp.DocumentHighlightParams) =>
    service.documentHighlight(snapshot, position),
  ),
  "textDocument/documentSymbol": onReadable((snapshot, _params: lsp.DocumentSymbolParams) =>
    service.documentSymbols(snapshot),
  ),
  "workspace/symbol": workspaceSymbols,
  "textDocument/codeAction": async (session: Session, params: lsp.CodeActionParams, token: lsp.CancellationToken) => {
    const { textDocument, range, context } = params;
    const checker = session.checkerOf(textDocument.uri);
    // Fixes of all that is found are asked for once, when a file is saved: not all of them would be half of them for good.
    const isOfAll = context.only?.some((kind) => kind.startsWith("source")) === true;
    if (checker !== null)
      await session.schedule.checked(checker, token, isOfAll ? { longest: Number.POSITIVE_INFINITY } : {});
    const snapshot = session.snapshot(textDocument.uri);
    return snapshot === null ? null : service.codeActions(snapshot, range, context);
  },
  "textDocument/codeLens": onFile((snapshot, _params: lsp.CodeLensParams) => service.codeLenses(snapshot)),
  "codeLens/resolve": async (session: Session, lens: lsp.CodeLens, token: lsp.CancellationToken) => {
    if (!service.isLensData(lens.data)) return lens;
    const { uri } = lens.data;
    const snapshot = session.snapshot(uri);
    if (snapshot === null) return lens;
    return workedOutOf(snapshot, service.resolveCodeLens(snapshot, lens), { session, uri, token });
  },
  "textDocument/documentLink": onReadable((snapshot, _params: lsp.DocumentLinkParams) =>
    service.documentLinks(snapshot),
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
  "textDocument/prepareRename": onFile((snapshot, { position }: lsp.PrepareRenameParams) =>
    told(() => service.prepareRename(snapshot, position)),
  ),
  "textDocument/rename": rename,
  "textDocument/foldingRange": onReadable((snapshot, _params: lsp.FoldingRangeParams) =>
    service.foldingRanges(snapshot),
  ),
  "textDocument/selectionRange": onReadable((snapshot, { positions }: lsp.SelectionRangeParams) =>
    service.selectionRanges(snapshot, positions),
  ),
  "textDocument/prepareCallHierarchy": onReadable((snapshot, { position }: lsp.CallHierarchyPrepareParams) =>
    service.prepareCallHierarchy(snapshot, position),
  ),
  "callHierarchy/incomingCalls": onItem((snapshot, item) => service.incomingCalls(snapshot, item)),
  "callHierarchy/outgoingCalls": onItem((snapshot, item) => service.outgoingCalls(snapshot, item)),
  "textDocument/semanticTokens/full": onReadable((snapshot, { textDocument }: lsp.SemanticTokensParams, session) =>
    session.tokens.full(textDocument.uri, service.semanticTokens(snapshot)),
  ),
  "textDocument/semanticTokens/full/delta": onReadable(
    (snapshot, { textDocument, previousResultId }: lsp.SemanticTokensDeltaParams, session) =>
      session.tokens.delta(textDocument.uri, previousResultId, service.semanticTokens(snapshot)),
  ),
  "textDocument/semanticTokens/range": onReadable((snapshot, { range }: lsp.SemanticTokensRangeParams) => ({
    data: service.semanticTokens(snapshot, range),
  })),
  "textDocument/inlayHint": onFile((snapshot, { range }: lsp.InlayHintParams) => service.inlayHints(snapshot, range)),
  "workspace/executeCommand": executeCommand,
  "workspace/willRenameFiles": willRenameFiles,
  "workspace/textDocumentContent": (session: Session, { uri }: lsp.TextDocumentContentParams) => ({
    text: session.library.text(uri) ?? "",
  }),
  ...extensionHandlers,
} satisfies Record<string, Handler<never, unknown>>;

export type Method = keyof typeof handlers;
