import type { Needs } from "./check-params.ts";
import type { Method } from "./handlers.ts";

const place = { textDocument: "document", position: "position" } as const;
const document = { textDocument: "document" } as const;

/**
 * The requests that are answered, and what each needs. Their handlers are loaded with the first of them; a test compares the two.
 */
export const methods = {
  "textDocument/diagnostic": document,
  "workspace/diagnostic": { previousResultIds: "results" },
  "textDocument/completion": place,
  "completionItem/resolve": { label: "text" },
  "textDocument/hover": place,
  "textDocument/signatureHelp": place,
  "textDocument/definition": place,
  "textDocument/typeDefinition": place,
  "textDocument/references": { ...place, context: "object?" },
  "textDocument/documentHighlight": place,
  "textDocument/documentSymbol": document,
  "workspace/symbol": { query: "text" },
  "textDocument/codeAction": { ...document, range: "range", context: "actionContext" },
  "textDocument/codeLens": document,
  "codeLens/resolve": { range: "range" },
  "textDocument/documentLink": document,
  "textDocument/formatting": document,
  "textDocument/rangeFormatting": { ...document, range: "range" },
  "textDocument/onTypeFormatting": place,
  "textDocument/prepareRename": place,
  "textDocument/rename": { ...place, newName: "text" },
  "textDocument/foldingRange": document,
  "textDocument/selectionRange": { ...document, positions: "positions" },
  "textDocument/prepareCallHierarchy": place,
  "callHierarchy/incomingCalls": { item: "item" },
  "callHierarchy/outgoingCalls": { item: "item" },
  "textDocument/semanticTokens/full": document,
  "textDocument/semanticTokens/full/delta": document,
  "textDocument/semanticTokens/range": { ...document, range: "range" },
  "textDocument/inlayHint": { ...document, range: "range" },
  "workspace/executeCommand": { command: "text", arguments: "list?" },
  "workspace/willRenameFiles": { files: "renames" },
  "workspace/textDocumentContent": { uri: "text" },
  "scruple/status": {},
  "scruple/tests": {},
  "scruple/runTests": document,
  "scruple/coverage": document,
  "scruple/matrix": place,
  "scruple/explain": document,
} as const satisfies Record<Method, Needs>;

/** Those that look at all files of a project; for the others the file itself will do, and what can be seen from it. */
export const looksAround: ReadonlySet<Method> = new Set<Method>([
  "textDocument/definition",
  "textDocument/typeDefinition",
  "textDocument/references",
  "workspace/symbol",
  "codeLens/resolve",
  "textDocument/prepareRename",
  "textDocument/rename",
  "textDocument/prepareCallHierarchy",
  "callHierarchy/incomingCalls",
  "callHierarchy/outgoingCalls",
  "workspace/executeCommand",
  "scruple/tests",
  "scruple/runTests",
  "scruple/coverage",
  "scruple/matrix",
  "scruple/explain",
]);
