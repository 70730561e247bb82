import { LineIndex, parse } from "../index.ts";

/**
 * A policy with what is wrong with it written below each line: `^^^` under a range, `<` where one is empty. Marks that
 * the text has already are left out first, so that a test compares a marked text with itself.
 */
export function annotate(marked: string): string {
  const text = marked
    .split("\n")
    .filter((line) => !/^ *(\^+|<) \S/.test(line))
    .join("\n");
  const lines = new LineIndex(text);
  const below = new Map<number, string[]>();
  for (const { start, end, message } of parse(text).findings) {
    const { line, column } = lines.position(start);
    const mark = start === end ? "<" : "^".repeat(end - start);
    below.set(line, [...(below.get(line) ?? []), `${" ".repeat(column - 1)}${mark} ${message}`]);
  }
  return text
    .split("\n")
    .flatMap((line, place) => [line, ...(below.get(place + 1) ?? [])])
    .join("\n");
}

/** The text with every fix of every finding applied, one after the other from the top, until none is left to apply. */
export function applyFixes(text: string): string {
  for (let turn = 0; turn < 50; turn += 1) {
    const edits = parse(text).findings.find(({ fixes = [] }) => fixes.length > 0)?.fixes?.[0]?.edits;
    if (edits === undefined) return text;
    for (const { start, end, text: put } of [...edits].sort((a, b) => b.start - a.start)) {
      text = text.slice(0, start) + put + text.slice(end);
    }
  }
  return text;
}
