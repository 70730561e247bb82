import { actionKinds, commands, tokenModifiers, tokenTypes } from "@scruple/service/traits";
import type * as lsp from "vscode-languageserver";

/** What a client can do, as far as it matters here. */
export interface ClientTraits {
  /** Asks for diagnostics, and again when told to. Who asks at edits alone (Neovim 0.11) would never see what is found later. */
  readonly pullsDiagnostics: boolean;
  readonly watchesFiles: boolean;
  readonly showsProgress: boolean;
  readonly asksForTexts: boolean;
  readonly insertsSnippets: boolean;
  /** By the request: whether answers may say where from they lead. */
  readonly takesLinks: { readonly definition: boolean; readonly typeDefinition: boolean };
}

export function traitsOf({ workspace, textDocument, window }: lsp.ClientCapabilities): ClientTraits {
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    showsProgress: window?.workDoneProgress === true,
    insertsSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
    takesLinks: {
      definition: textDocument?.definition?.linkSupport === true,
      typeDefinition: textDocument?.typeDefinition?.linkSupport === true,
    },
    asksForTexts: workspace?.textDocumentContent !== undefined,
  };
}

/** Policies, and folders that may hold some. */
const movable: lsp.FileOperationRegistrationOptions = {
  filters: [
    { scheme: "file", pattern: { glob: "**/*.scruple", matches: "file" } },
    { scheme: "file", pattern: { glob: "**/*", matches: "folder" } },
  ],
};

/** What the server says that it can do. A test holds each of these to a handler that answers. */
export function capabilitiesFor(client: ClientTraits): lsp.ServerCapabilities {
  return {
    positionEncoding: "utf-16",
    textDocumentSync: { openClose: true, change: 2, save: false },
    completionProvider: { triggerCharacters: [".", "@", " "], resolveProvider: true },
    hoverProvider: true,
    signatureHelpProvider: { triggerCharacters: ["(", ","] },
    definitionProvider: true,
    typeDefinitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    documentSymbolProvider: true,
    workspaceSymbolProvider: true,
    codeActionProvider: { codeActionKinds: [...actionKinds] },
    codeLensProvider: { resolveProvider: true },
    documentLinkProvider: {},
    documentFormattingProvider: true,
    documentRangeFormattingProvider: true,
    documentOnTypeFormattingProvider: { firstTriggerCharacter: "}", moreTriggerCharacter: ["\n"] },
    renameProvider: { prepareProvider: true },
    foldingRangeProvider: true,
    selectionRangeProvider: true,
    callHierarchyProvider: true,
    semanticTokensProvider: {
      legend: { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] },
      full: { delta: true },
      range: true,
    },
    inlayHintProvider: true,
    executeCommandProvider: { commands: Object.values(commands) },
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
      fileOperations: { willRename: movable, didRename: movable, didDelete: movable, didCreate: movable },
      ...(client.asksForTexts ? { textDocumentContent: { schemes: ["scruple"] } } : {}),
    },
  };
}
