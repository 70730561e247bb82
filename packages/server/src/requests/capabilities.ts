import type * as lsp from "vscode-languageserver";

/** What a client can do, as far as it matters here. */
export interface ClientTraits {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly watchesFiles: boolean;
  readonly showsProgress: boolean;
  readonly asksForTexts: boolean;
  readonly insertsSnippets: boolean;
}

export function traitsOf({ workspace, textDocument, window }: lsp.ClientCapabilities): ClientTraits {
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    showsProgress: window?.workDoneProgress === true,
    insertsSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    asksForTexts: workspace?.textDocumentContent !== undefined,
  };
}

/** What the server says that it can do. A test holds each of these to a handler that answers. */
export function capabilitiesFor(client: ClientTraits): lsp.ServerCapabilities {
  return {
    positionEncoding: "utf-16",
    textDocumentSync: { openClose: true, change: 2, save: false },
    completionProvider: { triggerCharacters: [".", "@", " "], resolveProvider: true },
    hoverProvider: true,
    definitionProvider: true,
    typeDefinitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    documentSymbolProvider: true,
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: "}", moreTriggerCharacter: ["\n"] },
    ...(client.pullsDiagnostics
      ? {
          diagnosticProvider: {
            identifier: "scruple",
            interFileDependencies: true,
            workspaceDiagnostics: true,
          },
        }
      : {}),
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      ...(client.asksForTexts ? { textDocumentContent: { schemes: ["scruple"] } } : {}),
    },
  };
}
