import type { CheckedFile } from "@scruple/compiler";
import type { LineIndex, Range } from "@scruple/syntax";
import type * as lsp from "vscode-languageserver-types";

/** A text with its lines: a file of the project, or of the standard vocabulary. */
export type Text = Pick<CheckedFile, "text" | "lines">;

/** Lines and characters count from 0, in UTF-16 units, as editors have them unless they agree on something else. */
export function toPosition(lines: LineIndex, offset: number): lsp.Position {
  const { line, column } = lines.position(offset);
  return { line: line - 1, character: column - 1 };
}

export function toRange(lines: LineIndex, { start, end }: Range): lsp.Range {
  return { start: toPosition(lines, start), end: toPosition(lines, end) };
}

/** The offset of a position, whatever it is: beyond a line it is the line's end, beyond the text the text's. */
export function toOffset({ text, lines }: Text, { line, character }: lsp.Position): number {
  if (!(line >= 0)) return 0;
  const offset = lines.offset(line + 1, (character >= 0 ? character : 0) + 1);
  const start = lines.offset(line + 1, 1);
  if (lines.position(offset).line === line + 1) return offset;
  let end = offset;
  while (end > start && /[\r\n]/.test(text[end - 1]!)) end--;
  return end;
}

export function toOffsets(file: Text, range: lsp.Range): Range {
  const start = toOffset(file, range.start);
  return { start, end: Math.max(start, toOffset(file, range.end)) };
}
