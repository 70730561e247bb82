import type { Method } from "./handlers.ts";

/** The requests that are answered. Their handlers are loaded with the first of them; a test compares the two. */
export const methods = [
  "textDocument/diagnostic",
  "workspace/diagnostic",
  "textDocument/completion",
  "completionItem/resolve",
  "textDocument/hover",
  "textDocument/definition",
  "textDocument/typeDefinition",
  "textDocument/references",
  "textDocument/documentHighlight",
  "textDocument/documentSymbol",
  "textDocument/formatting",
  "textDocument/rangeFormatting",
  "textDocument/onTypeFormatting",
  "workspace/textDocumentContent",
] as const satisfies readonly Method[];
