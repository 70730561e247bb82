import type { Style } from "@scruple/project/report";
import type { Severity } from "@scruple/syntax";
import { type Line, line, styled } from "../terminal/line.ts";

const order: readonly [Severity, string, Style][] = [
  ["error", "error", "red"],
  ["warning", "warning", "yellow"],
  ["info", "note", "blue"],
  ["hint", "hint", "cyan"],
];

/** `2 errors, 1 warning in 3 of 12 files`, or `12 files, nothing to report`. */
export function summarise(
  diagnostics: readonly { readonly severity: Severity; readonly file: string }[],
  files: number,
): Line {
  if (diagnostics.length === 0) return line`${styled("green", "✓")} ${plural(files, "file")}, nothing to report`;
  const parts = order.flatMap(([severity, word, colour]) => {
    const count = diagnostics.filter((one) => one.severity === severity).length;
    return count === 0 ? [] : [styled(colour, plural(count, word))];
  });
  const touched = new Set(diagnostics.map(({ file }) => file)).size;
  const all = parts.reduce((before, part) => line`${before}, ${part}`);
  return line`${all} in ${touched} of ${plural(files, "file")}`;
}

/** `1 file`, `2 files`, `3 entries`, `4 fixes`, `12,000 files`. */
export function plural(count: number, word: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? word : several(word)}`;
}

function several(word: string): string {
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
}
