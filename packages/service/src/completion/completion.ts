import { expectedAt } from "@scruple/syntax";
import type * as lsp from "vscode-languageserver-types";
import { toOffset, toRange } from "../positions.ts";
import type { Snapshot } from "../snapshot.ts";
import { keywordItems } from "./keyword-items.ts";
import { nameItems } from "./name-items.ts";

export interface CompletionOptions {
  /** Whether the editor fills in texts with places to be tabbed through. */
  readonly snippets: boolean;
  /** True where the editor asks by itself, because of a space: then only what has to be chosen from is of help. */
  readonly unasked?: boolean;
}

/** More than anyone looks through; what is typed narrows it down. */
const most = 250;

/**
 * What can stand at a position: the keywords that the grammar takes there, and the names that mean something there. Works on
 * half-written text. The snapshot's program may be older than its file.
 */
export function completion(snapshot: Snapshot, position: lsp.Position, options: CompletionOptions): lsp.CompletionList {
  const { file } = snapshot;
  const expectation = expectedAt(file.tree, toOffset(file, position));
  if (expectation === null) return { isIncomplete: false, items: [] };
  const names = nameItems(snapshot, expectation);
  const keywords = options.unasked && names.length === 0 ? [] : keywordItems(snapshot, expectation, options);
  if (options.unasked && keywords.length > 0) return { isIncomplete: false, items: [] };
  const items = [...names, ...keywords].map((item) => (options.snippets ? item : plain(item)));
  return limited(items, file.text.slice(expectation.start, toOffset(file, position)), {
    range: toRange(file.lines, expectation),
  });
}

/** An item before it knows what it replaces. */
export interface Item extends Omit<lsp.CompletionItem, "textEdit"> {
  /** What is written instead of the word; the label where it is left out. */
  readonly text?: string;
}

/** An item for an editor that knows no places to be tabbed through. */
function plain({ insertTextFormat, ...item }: Item): Item {
  if (insertTextFormat === undefined || item.text === undefined) return item;
  return { ...item, text: item.text.replace(/\$\{?\d+:?([^}]*)\}|\$\d+/g, "$1") };
}

function limited(items: readonly Item[], typed: string, { range }: { readonly range: lsp.Range }): lsp.CompletionList {
  const fitting = items.length > most ? items.filter(({ label }) => isIn(typed, label)) : items;
  return {
    isIncomplete: items.length > most,
    items: fitting.slice(0, most).map(({ text: replacement, ...item }) => {
      const text = replacement ?? item.label;
      return {
        ...item,
        // Without it, Neovim takes whatever has a `textEdit` for filtered.
        filterText: typed.startsWith("`") ? text : item.label,
        textEdit: { range, newText: text },
      };
    }),
  };
}

/** Whether the letters that are typed are in a label, in their order. */
function isIn(typed: string, label: string): boolean {
  let at = 0;
  const lower = label.toLowerCase();
  for (const letter of typed.toLowerCase().replaceAll("`", "")) {
    at = lower.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
