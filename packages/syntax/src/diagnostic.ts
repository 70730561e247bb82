import type { Range } from "./tree.ts";

/** What went wrong and where, in the terms of one file. Offsets are UTF-16 code units, `end` exclusive. */
export type Severity = "error" | "warning" | "info" | "hint";

export interface RelatedRange extends Range {
  /** The file of the other half of the story; the diagnostic's own file where it is left out. */
  readonly file?: string;
  readonly message: string;
}
/** Replaces a range of the finding's own file. */
export interface TextEdit extends Range {
  readonly text: string;
}
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}
/** A diagnostic before it knows its file. */
export interface Finding extends Range {
  readonly code: string;
  readonly message: string;
  readonly related?: readonly RelatedRange[];
  readonly fixes?: readonly Fix[];
}

/** One entry of the catalogue: everything that is the same for every diagnostic of its code. */
export interface DiagnosticKind<Arguments extends readonly unknown[]> {
  /** `SCR1001`: stable for ever. */
  readonly code: string;
  /** `unexpected-token`: stable for ever, and what `severity` in scruple.json names. */
  readonly name: string;
  readonly severity: Severity;
  /** One line that says what the diagnostic is about. */
  readonly summary: string;
  /** Markdown, below the summary: why it matters, a bad example, a good one, how to settle it. */
  readonly docs: string;
  readonly message: (...args: Arguments) => string;
}

export interface CatalogueEntry<Arguments extends readonly unknown[]> extends DiagnosticKind<Arguments> {
  /** A finding of this kind. */
  at(range: Range, args: Arguments, more?: { related?: readonly RelatedRange[]; fixes?: readonly Fix[] }): Finding;
}

/** Declares a kind of diagnostic. One file each, so that its code, words and docs are read together. */
export function defineDiagnostic<Arguments extends readonly unknown[]>(
  kind: DiagnosticKind<Arguments>,
): CatalogueEntry<Arguments> {
  return {
    ...kind,
    at: (range, args, more) => ({
      code: kind.code,
      message: kind.message(...args),
      start: range.start,
      end: range.end,
      ...more,
    }),
  };
}
