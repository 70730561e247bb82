import type { TextEdit } from "./diagnostic.ts";
import type { Range } from "./tree.ts";

/**
 * Takes something away: with its lines where they hold nothing else, otherwise with the space around it on its own line.
 * What stands on other lines stays there. Joined with the line before, what follows could end up in its comment.
 */
export function removal(text: string, { start, end }: Range): TextEdit {
  let from = start;
  while (isBlank(text[from - 1])) from -= 1;
  let to = end;
  while (isBlank(text[to])) to += 1;
  const beginsLine = from === 0 || isBreak(text[from - 1]);
  const endsLine = to === text.length || isBreak(text[to]);
  if (beginsLine && endsLine) return { ...wholeLines(text, from, to), text: "" };
  if (beginsLine) return { start, end: to, text: "" };
  return { start: from, end, text: gap(text, end) };
}

/** Takes a comma or the like away, and nothing else. */
export function removalOfMark(text: string, { start, end }: Range): TextEdit {
  return { start, end, text: gap(text, end) };
}

/** What keeps that which follows from becoming one word with that which stands before. */
function gap(text: string, end: number): string {
  return /[^\s{}(),;:]/.test(text[end] ?? "") ? " " : "";
}

/** Lines with their line break, and with the empty ones before them where those would separate nothing any more. */
function wholeLines(text: string, from: number, to: number): Range {
  const end = to + (/^(?:\r\n|\n|\r)?/.exec(text.slice(to, to + 2))?.[0].length ?? 0);
  let next = end;
  while (isBlank(text[next])) next += 1;
  let start = from;
  if (next === text.length || isBreak(text[next]) || text[next] === "}") {
    for (let line = emptyLineBefore(text, start); line !== null; line = emptyLineBefore(text, start)) start = line;
  }
  return { start, end };
}

/** Where the line before a line begins, if there is nothing on it. */
function emptyLineBefore(text: string, line: number): number | null {
  let at = line - 1;
  if (text[at] !== "\n") return null;
  if (text[at - 1] === "\r") at -= 1;
  while (isBlank(text[at - 1])) at -= 1;
  return at > 0 && text[at - 1] === "\n" ? at : null;
}

function isBlank(char: string | undefined): boolean {
  return char === " " || char === "\t";
}

function isBreak(char: string | undefined): boolean {
  return char === "\n" || char === "\r";
}
