import type { Span } from "./located.ts";
import type { Paint } from "./paint.ts";
import { printableLine } from "./printable.ts";
import { displayWidth } from "./width.ts";

export interface Marked {
  readonly range: Span;
  /** Shown behind the marks; "" for none. */
  readonly label: string;
  readonly mark: "^" | "-";
}

/** No more of a line than this is shown, in UTF-16 units: generated policies have lines of any length. */
const widest = 160;
/** How much of a long line is kept before what it is shown for. */
const lead = 40;

/**
 * The lines of a text that marks stand on, each with its marks below it.
 *
 * @param lines the whole text, a line each
 * @returns lines without a line feed at the end
 */
export function codeFrame(
  lines: readonly string[],
  marks: readonly Marked[],
  paint: Paint,
  paintMark: Paint,
): string[] {
  const gutter = Math.max(...marks.flatMap(({ range }) => [range.start.line, range.end.line])).toString().length;
  return marks.flatMap((marked) => frame(lines, marked, gutter, paint, paintMark));
}

function frame(lines: readonly string[], marked: Marked, gutter: number, paint: Paint, paintMark: Paint): string[] {
  const { start, end } = marked.range;
  const first = lines[start.line - 1] ?? "";
  const severalLines = end.line > start.line;
  const until = severalLines ? Math.max(first.length + 1, start.column + 1) : end.column;
  const from = first.length <= widest ? 0 : Math.max(0, start.column - 1 - lead);
  const cut = first.slice(from, from + widest);
  const before = cut.slice(0, Math.max(0, start.column - 1 - from));
  const under = cut.slice(before.length, Math.max(before.length, until - 1 - from));
  const dots = from > 0 ? "…" : "";
  const shown = `${dots}${printableLine(cut)}${from + widest < first.length ? "…" : ""}`;
  const margin = " ".repeat(displayWidth(dots + printableLine(before)));
  const length = Math.max(1, displayWidth(printableLine(under)));
  const label = marked.label === "" ? "" : ` ${marked.label}`;
  const more = severalLines ? ` … to line ${end.line}` : "";
  return [
    `  ${paint("dim", `${String(start.line).padStart(gutter)} │`)} ${shown}`,
    `  ${paint("dim", `${" ".repeat(gutter)} │`)} ${margin}${paintMark("bold", marked.mark.repeat(length) + more)}${label}`,
  ];
}
