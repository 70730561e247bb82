import type { SourceToken } from "../source-token.ts";
import type { Range } from "../tree.ts";
import { spaceBetween } from "./spacing.ts";

/**
 * Which blank lines a line break may bring, where the comments before the token count as lines of their own:
 * `none` at all; those that are there, one at most (`keep`); at least one (`force`); all but the very first gap, at the
 * beginning of a block (`first`), or the very last one, at its end (`last`).
 */
export type Blank = "none" | "keep" | "force" | "first" | "last";

/** A line break before a token. */
export interface Break {
  /** Columns before the token. */
  readonly indent: number;
  /** Columns before comments that stand between the line before and the token. */
  readonly commentIndent: number;
  /** Columns before what does not fit on the token's line. */
  readonly hanging: number;
  readonly blank: Blank;
}

/** The decisions about a file's white space, found along its tree. Everything is about tokens that are no comments. */
export class Layout {
  readonly tokens: readonly SourceToken[];
  /** All but the comments. */
  readonly significant: readonly SourceToken[];
  private readonly breaks = new Map<SourceToken, Break>();
  private readonly paddings = new Map<SourceToken, number>();

  constructor(tokens: readonly SourceToken[]) {
    this.tokens = tokens;
    this.significant = tokens.filter(({ type }) => type !== "comment" && type !== "doc");
  }

  breakBefore(token: SourceToken | undefined): Break | undefined {
    return token && this.breaks.get(token);
  }

  /** Spaces before a token that is on the line of the one before, beyond what is usual there. */
  paddingBefore(token: SourceToken): number | undefined {
    return this.paddings.get(token);
  }

  /** The first token at or after an offset. */
  tokenFrom(offset: number): SourceToken | undefined {
    return this.significant[this.placeFrom(offset)];
  }

  /** The last token that ends at or before an offset. */
  tokenUpTo(offset: number): SourceToken | undefined {
    let place = this.placeFrom(offset) - 1;
    while (place >= 0 && (this.significant[place] as SourceToken).end > offset) place -= 1;
    return this.significant[place];
  }

  /** The first token from an offset on whose text this is. */
  find(offset: number, image: string): SourceToken | undefined {
    for (let place = this.placeFrom(offset); place < this.significant.length; place += 1) {
      if (this.significant[place]?.image === image) return this.significant[place];
    }
    return undefined;
  }

  private placeFrom(offset: number): number {
    let low = 0;
    let high = this.significant.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.significant[middle] as SourceToken).start < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Begins a line with a token. */
  line(token: SourceToken | undefined, indent: number, blank: Blank, more: Partial<Break> = {}): void {
    if (token !== undefined) {
      this.breaks.set(token, { indent, commentIndent: indent, hanging: indent + 2, blank, ...more });
    }
  }

  pad(token: SourceToken | undefined, spaces: number): void {
    if (token !== undefined) this.paddings.set(token, spaces);
  }

  /** Columns that the tokens of a range take on one line, comments left out. */
  width(range: Range): number {
    let columns = 0;
    let before: SourceToken | undefined;
    for (let place = this.placeFrom(range.start); place < this.significant.length; place += 1) {
      const token = this.significant[place] as SourceToken;
      if (token.start >= range.end) break;
      if (before !== undefined) columns += spaceBetween(before, token, "exceptions").length;
      columns += token.image.length;
      before = token;
    }
    return columns;
  }

  /** Whether a comment stands in a range. */
  hasComment(range: Range): boolean {
    const from = this.tokenFrom(range.start)?.index ?? this.tokens.length;
    for (let i = from; i < this.tokens.length; i += 1) {
      const token = this.tokens[i] as SourceToken;
      if (token.start >= range.end) return false;
      if (token.type === "comment" || token.type === "doc") return true;
    }
    return false;
  }
}
