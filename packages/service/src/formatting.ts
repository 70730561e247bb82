import { format, parse, type Range, type TextEdit } from "@scruple/syntax";
import type * as lsp from "vscode-languageserver-types";
import { toOffset, toOffsets, toRange } from "./positions.ts";
import type { Snapshot } from "./snapshot.ts";

type Formatted = Pick<Snapshot, "file">;

/** The edits that lay the file out canonically; none where it has syntax errors. */
export function formatDocument({ file }: Formatted): lsp.TextEdit[] {
  return toEdits({ file }, layoutEdits(file.tree.text, file.tree.tokens, format(file.tree)));
}

/** Those of them that touch a range. */
export function formatRange({ file }: Formatted, range: lsp.Range): lsp.TextEdit[] {
  return formatOffsets({ file }, toOffsets(file, range));
}

/** After `}` the declaration that it ends is laid out, after a line break the line before. */
export function formatOnType({ file }: Formatted, position: lsp.Position, typed: string): lsp.TextEdit[] {
  const at = toOffset(file, position);
  if (typed === "}") {
    const declaration = file.tree.file.declarations.find(({ start, end }) => start < at && at <= end);
    return declaration === undefined ? [] : formatOffsets({ file }, declaration);
  }
  const start = toOffset(file, { line: position.line - 1, character: 0 });
  const end = file.text.slice(0, at).trimEnd().length;
  return formatOffsets({ file }, { start, end }).filter((edit) => toOffsets(file, edit.range).end < end);
}

function formatOffsets({ file }: Formatted, { start, end }: Range): lsp.TextEdit[] {
  const edits = layoutEdits(file.tree.text, file.tree.tokens, format(file.tree));
  return toEdits(
    { file },
    edits.filter((edit) => edit.start <= end && edit.end >= start),
  );
}

function toEdits({ file }: Formatted, edits: readonly TextEdit[]): lsp.TextEdit[] {
  return edits.map((edit) => ({ range: toRange(file.lines, edit), newText: edit.text }));
}

/** What changes between two texts of the same tokens: white space, and line ends within comments. */
function layoutEdits(text: string, tokens: readonly Range[], formatted: string): readonly TextEdit[] {
  if (formatted === text) return [];
  const after = parse(formatted).tokens;
  if (after.length !== tokens.length) return [{ start: 0, end: text.length, text: formatted }];
  const edits: TextEdit[] = [];
  const compare = (start: number, end: number, written: string) => {
    if (text.slice(start, end) !== written) edits.push({ start, end, text: written });
  };
  let from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let to = 0;
  for (const [place, token] of tokens.entries()) {
    const other = after[place]!;
    compare(from, token.start, formatted.slice(to, other.start));
    compare(token.start, token.end, formatted.slice(other.start, other.end));
    from = token.end;
    to = other.end;
  }
  compare(from, text.length, formatted.slice(to));
  return edits;
}
