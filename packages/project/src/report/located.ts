import type { Severity } from "@scruple/syntax";

/** A place as all formats show it: lines and columns from 1, in UTF-16 units; the end is exclusive. */
export interface Span {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}

/** A diagnostic with places instead of offsets: what every format is made from. */
export interface Located {
  /** Relative to the project, with `/`. */
  readonly file: string;
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Span;
  readonly related: readonly LocatedRelated[];
  readonly fixes: readonly LocatedFix[];
  readonly url: string;
}
export interface LocatedRelated {
  readonly file: string;
  readonly range: Span;
  readonly message: string;
}
export interface LocatedFix {
  readonly title: string;
  readonly edits: readonly LocatedEdit[];
}
/** Of the diagnostic's own file. */
export interface LocatedEdit {
  readonly range: Span;
  readonly text: string;
}

/** What a report is written from. */
export interface Report {
  /** Absolute; what files are relative to. */
  readonly root: string;
  /** The files that were checked, whether something was found in them or not. Sorted. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Located[];
  /** The lines of a file, for code frames; null where its text is not at hand. */
  readonly linesOf: (file: string) => readonly string[] | null;
}
