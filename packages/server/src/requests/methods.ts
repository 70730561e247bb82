import type { Method } from "./handlers.ts";

/** Parts of a request's parameters without which nothing can be answered. */
export type Need = "textDocument" | "position" | "positions" | "range" | "context" | "item" | "query" | "files" | "uri";

const place = ["textDocument", "position"] as const;
const document = ["textDocument"] as const;

/**
 * The requests that are answered, and what each needs. Their handlers are loaded with the first of them; a test compares the two.
 */
export const methods = {
  "textDocument/diagnostic": document,
  "workspace/diagnostic": [],
  "textDocument/completion": place,
  "completionItem/resolve": [],
  "textDocument/hover": place,
  "textDocument/signatureHelp": place,
  "textDocument/definition": place,
  "textDocument/typeDefinition": place,
  "textDocument/references": place,
  "textDocument/documentHighlight": place,
  "textDocument/documentSymbol": document,
  "workspace/symbol": ["query"],
  "textDocument/codeAction": ["textDocument", "range", "context"],
  "textDocument/codeLens": document,
  "codeLens/resolve": [],
  "textDocument/documentLink": document,
  "textDocument/formatting": document,
  "textDocument/rangeFormatting": ["textDocument", "range"],
  "textDocument/onTypeFormatting": place,
  "textDocument/prepareRename": place,
  "textDocument/rename": place,
  "textDocument/foldingRange": document,
  "textDocument/selectionRange": ["textDocument", "positions"],
  "textDocument/prepareCallHierarchy": place,
  "callHierarchy/incomingCalls": ["item"],
  "callHierarchy/outgoingCalls": ["item"],
  "textDocument/semanticTokens/full": document,
  "textDocument/semanticTokens/full/delta": document,
  "textDocument/semanticTokens/range": ["textDocument", "range"],
  "textDocument/inlayHint": ["textDocument", "range"],
  "workspace/executeCommand": [],
  "workspace/willRenameFiles": ["files"],
  "workspace/textDocumentContent": ["uri"],
  "scruple/status": [],
  "scruple/tests": [],
  "scruple/runTests": document,
  "scruple/coverage": document,
  "scruple/matrix": place,
  "scruple/explain": document,
} as const satisfies Record<Method, readonly Need[]>;

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
