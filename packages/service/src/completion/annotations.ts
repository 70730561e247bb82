import * as lsp from "vscode-languageserver-types";
import type { Item } from "./completion.ts";

const known = {
  id: ['id("$0")', "what others call it"],
  owner: ['owner("$0")', "who answers for it"],
  review: ["review($0)", "the day by which it is to be looked at again"],
  dpv: ['dpv("$0")', "its term in the W3C Data Privacy Vocabulary"],
  fides: ['fides("$0")', "its key in the Fides taxonomy"],
  tcf: ["tcf($0)", "its number in the IAB Transparency and Consent Framework"],
  accept: ['accept("$1", "$0")', "settles a finding, with a reason"],
} as const;

/** The annotations that there are. */
export const annotations: readonly Item[] = Object.entries(known).map(([label, [text, detail]]) => ({
  label,
  text,
  detail,
  insertTextFormat: lsp.InsertTextFormat.Snippet,
  kind: lsp.CompletionItemKind.Keyword,
  sortText: `0${label}`,
}));
