import { type Paint, printableLine, type Style } from "@scruple/project/report";

/** A line for people, made of pieces that each have a style or none. */
export type Line = readonly Piece[];
interface Piece {
  readonly style: Style | null;
  readonly text: string;
}

/** A text in a style, to be put into a line. */
export function styled(style: Style, text: string): Line {
  return [{ style, text }];
}

/** A line of our own words and what is put in between: texts of policies and requests, names of files, other lines. */
export function line(words: TemplateStringsArray, ...values: readonly (string | number | Line)[]): Line {
  return words.flatMap((text, index) => {
    const value = values[index];
    return [{ style: null, text }, ...(typeof value === "object" ? value : [{ style: null, text: `${value ?? ""}` }])];
  });
}

/**
 * A line as it is written, without its end. Whatever it holds stays within it, moves no cursor, and is no command to the service that
 * runs us: GitHub takes a line that begins with `::` for one, behind white space too.
 */
export function showLine(given: string | Line, paint: Paint): string {
  const pieces = typeof given === "string" ? [{ style: null, text: given }] : given;
  const shown = pieces.map(({ style, text }) => ({ style, text: printableLine(text) }));
  const isCommand = /^\s*::/.test(shown.map(({ text }) => text).join(""));
  const words = shown.map(({ style, text }) => (style === null || text === "" ? text : paint(style, text))).join("");
  return isCommand ? `· ${words}` : words;
}

export function showLines(lines: readonly (string | Line)[], paint: Paint): string {
  return lines.map((one) => `${showLine(one, paint)}\n`).join("");
}

/** The lines of a text; those after the first are indented, so that nobody takes them for others of ours. */
export function indented(text: string): readonly string[] {
  return text.split("\n").map((one, index) => (index === 0 || one.startsWith("  ") ? one : `  ${one}`));
}
