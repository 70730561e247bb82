import type { Diagnostic } from "@scruple/compiler";
import { LineIndex } from "@scruple/syntax";
import type { Located, Span } from "./located.ts";

/** Turns the offsets of a program's files into lines and columns. */
export class Locator {
  readonly #textOf: (file: string) => string | null;
  readonly #indices = new Map<string, LineIndex>();
  readonly #lines = new Map<string, readonly string[]>();

  /** @param textOf the text of a file; null where it is not at hand, and places in it are its first character */
  constructor(textOf: (file: string) => string | null) {
    this.#textOf = textOf;
  }

  readonly linesOf = (file: string): readonly string[] | null => {
    let lines = this.#lines.get(file);
    if (lines === undefined) {
      const text = this.#textOf(file);
      if (text === null) return null;
      lines = text.split(/\r\n|[\r\n]/);
      this.#lines.set(file, lines);
    }
    return lines;
  };

  span(file: string, start: number, end: number): Span {
    let index = this.#indices.get(file);
    if (index === undefined) {
      const text = this.#textOf(file);
      if (text === null) return { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
      index = new LineIndex(text);
      this.#indices.set(file, index);
    }
    return { start: index.position(start), end: index.position(end) };
  }

  locate(diagnostic: Diagnostic): Located {
    const { file, code, name, severity, message, url } = diagnostic;
    return {
      file,
      code,
      name,
      severity,
      message,
      range: this.span(file, diagnostic.start, diagnostic.end),
      related: diagnostic.related.map((other) => ({
        file: other.file ?? file,
        range: this.span(other.file ?? file, other.start, other.end),
        message: other.message,
      })),
      fixes: diagnostic.fixes.map(({ title, edits }) => ({
        title,
        edits: edits.map(({ start, end, text }) => ({ range: this.span(file, start, end), text })),
      })),
      url,
    };
  }
}
