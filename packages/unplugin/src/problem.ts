import { CallError } from "@scruple/project";
import { type Located, ownFrame, type Paint, printableLine, type Report } from "@scruple/project/report";

/** What a bundler is to tell, as an error or as a warning. */
export interface Problem {
  /** Moves no cursor, and stays on one line if it is about a place, whatever names of a policy are in it. */
  readonly message: string;
  /** Null where there is nothing to point at. */
  readonly place: Place | null;
}
export interface Place {
  /** Absolute. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** How much of the line is meant, in UTF-16 units; at least 1. */
  readonly length: number;
  readonly lineText: string;
  /** The line with a mark below it, and the lines that it is related to. */
  readonly frame: string;
}

/** Bundlers show messages in colours of their own. */
const plain: Paint = (_style, text) => text;

/** @param absolute of a path in the project */
export function problemOf(found: Located, linesOf: Report["linesOf"], absolute: (path: string) => string): Problem {
  const { start, end } = found.range;
  const lineText = linesOf(found.file)?.[start.line - 1] ?? "";
  const until = end.line > start.line ? lineText.length + 1 : end.column;
  return {
    message: printableLine(`${found.code} ${found.name}: ${found.message}`),
    place: {
      file: absolute(found.file),
      line: start.line,
      column: start.column,
      length: Math.max(1, until - start.column),
      lineText,
      frame: ownFrame(found, linesOf, plain, "red").join("\n"),
    },
  };
}

/** What the file system, or scruple.json, has refused. @throws the error itself where it is a mistake of ours */
export function problemOfError(error: unknown): Problem {
  if (!(error instanceof CallError)) throw error;
  const message = [error.message, error.hint].join(" ").trim();
  // What is wrong with scruple.json stands on a line each.
  return { message: message.split("\n").map(printableLine).join("\n"), place: null };
}

/** For bundlers that take a text alone. */
export function problemText({ message, place }: Problem): string {
  if (place === null) return message;
  return `${printableLine(place.file)}:${place.line}:${place.column}\n${message}\n${place.frame}`;
}
