import type { SourceToken } from "../source-token.ts";
import type { Blank, Break, Layout } from "./layout.ts";
import { type BraceKind, braceKind, lineWidth, mayBreak, spaceBetween } from "./spacing.ts";

/** Comments that stood on one line, and how they were apart from what is before and after them. */
interface Run {
  readonly text: string;
  /** A line break came before it, and a blank line. */
  readonly breakBefore: boolean;
  readonly blankBefore: boolean;
  readonly breakAfter: boolean;
  /** The next token has to begin a line: the run ends with `//`. */
  readonly endsLine: boolean;
  readonly isDoc: boolean;
}

/** Writes all tokens, comments included, with the white space that was decided. */
export function writeTokens(layout: Layout, text: string): string {
  return new Writer(layout, text).write();
}

class Writer {
  private out = "";
  private column = 0;
  /** Columns of a line that goes on with what did not fit. */
  private hanging = 0;
  private readonly braces: BraceKind[] = [];
  private readonly layout: Layout;
  private readonly text: string;

  constructor(layout: Layout, text: string) {
    this.layout = layout;
    this.text = text;
  }

  write(): string {
    const { significant, tokens } = this.layout;
    let before: SourceToken | undefined;
    for (const [place, token] of significant.entries()) {
      if (before?.image === "{") this.braces.push(braceKind(significant[place - 2]));
      const runs = this.runsBetween((before?.index ?? -1) + 1, token.index);
      this.put(before, token, runs, place);
      if (token.image === "}") this.braces.pop();
      before = token;
    }
    const rest = this.runsBetween((before?.index ?? -1) + 1, tokens.length);
    this.hanging = 0;
    this.putRuns(rest, { indent: 0, commentIndent: 0, hanging: 0, blank: "last" }, false);
    return `${this.out}\n`;
  }

  private put(before: SourceToken | undefined, token: SourceToken, runs: readonly Run[], place: number): void {
    const at = this.layout.breakBefore(token);
    // What stood at the beginning of the token's line stays before it.
    const attached =
      runs.length > 0 && isAttached(runs[runs.length - 1] as Run) ? (runs[runs.length - 1] as Run) : null;
    const loose = attached === null ? runs : runs.slice(0, -1);
    const blankBefore = attached === null ? this.hasBlank(token) : attached.blankBefore;
    const { mustBreak, blank } = this.putRuns(loose, at, blankBefore);
    const close = token.image === "," || token.image === ")" ? "" : " ";
    const prefix = attached === null ? "" : attached.text + close;
    if (before === undefined && loose.length === 0) this.hanging = at?.hanging ?? 2;
    else if (at !== undefined) {
      this.newLine(at.indent, blank);
      this.hanging = at.hanging;
    } else if (mustBreak) this.newLine(this.hanging, false);
    else if (before !== undefined) {
      const space = attached !== null ? " " : runs.length > 0 ? close : this.spaceBefore(before, token);
      const breaks = mayBreak(before, token) && this.column > this.hanging;
      if (breaks && this.column + space.length + prefix.length + this.widthFrom(place) > lineWidth) {
        this.newLine(this.hanging, false);
      } else this.append(space);
    }
    this.append(prefix);
    this.append(token.image);
  }

  /** Writes comments between two tokens. Says whether the next token has to begin a line, and with a blank one before it. */
  private putRuns(
    runs: readonly Run[],
    at: Break | undefined,
    blankAfter: boolean,
  ): { mustBreak: boolean; blank: boolean } {
    const kind = at?.blank ?? "none";
    const own = runs.map(stands);
    // One flag for each gap: before every run that stands on its own, and before the token.
    const gaps: boolean[] = [];
    let doc = false;
    for (const [place, run] of runs.entries()) {
      if (own[place]) gaps.push(run.blankBefore && !doc);
      doc = run.isDoc;
    }
    gaps.push(blankAfter && !doc);
    allow(gaps, kind);
    if (this.out === "") gaps[0] = false;
    let mustBreak = false;
    let gap = 0;
    for (const [place, run] of runs.entries()) {
      if (own[place]) {
        if (this.out !== "") this.newLine(at?.commentIndent ?? this.hanging, gaps[gap] === true);
        gap += 1;
        mustBreak = true;
      } else {
        if (mustBreak) this.newLine(this.hanging, false);
        else this.append(" ");
        mustBreak = run.endsLine;
      }
      this.append(run.text);
    }
    return { mustBreak, blank: gaps[gap] === true };
  }

  private spaceBefore(before: SourceToken, token: SourceToken): string {
    const padding = this.layout.paddingBefore(token);
    return padding === undefined ? spaceBetween(before, token, this.braces.at(-1) ?? "block") : " ".repeat(padding);
  }

  /** Columns from a token up to where the next line break may come. */
  private widthFrom(place: number): number {
    const { significant } = this.layout;
    let columns = (significant[place] as SourceToken).image.length;
    for (let next = place + 1; next < significant.length && columns <= lineWidth; next += 1) {
      const before = significant[next - 1] as SourceToken;
      const token = significant[next] as SourceToken;
      if (this.layout.breakBefore(token) !== undefined || mayBreak(before, token)) break;
      columns += (this.layout.paddingBefore(token) ?? spaceBetween(before, token, "set").length) + token.image.length;
    }
    return columns;
  }

  private newLine(indent: number, blank: boolean): void {
    this.out += blank ? "\n\n" : "\n";
    this.out += " ".repeat(indent);
    this.column = indent;
  }

  private append(text: string): void {
    this.out += text;
    this.column += text.length;
  }

  private hasBlank(token: SourceToken): boolean {
    return newLines(this.gapBefore(token)) > 1;
  }

  private gapBefore(token: SourceToken): string {
    return this.text.slice(this.layout.tokens[token.index - 1]?.end ?? 0, token.start);
  }

  /** The comments among some tokens, those of one line together. */
  private runsBetween(from: number, to: number): Run[] {
    const runs: Run[] = [];
    if (from === to) return runs;
    const { tokens } = this.layout;
    const next = tokens[to];
    let first = from;
    for (let i = from; i < to; i += 1) {
      const token = tokens[i] as SourceToken;
      const after = tokens[i + 1];
      const ended = after === undefined || newLines(this.text.slice(token.end, after.start)) > 0;
      const isLine = token.image.startsWith("//");
      if (i + 1 < to && !ended && !isLine) continue;
      const start = tokens[first] as SourceToken;
      const gap = this.gapBefore(start);
      const text = tokens.slice(first, i + 1).map(({ image }) => image.replace(/\r\n?/g, "\n"));
      runs.push({
        text: text.join(" "),
        breakBefore: first === 0 || newLines(gap) > 0,
        blankBefore: newLines(gap) > 1,
        breakAfter: ended || next === undefined,
        endsLine: isLine,
        isDoc: token.type === "doc",
      });
      first = i + 1;
    }
    return runs;
  }
}

/** Whether a run is on a line of its own. One of several lines always is. */
function stands(run: Run): boolean {
  return run.text.includes("\n") || (run.breakBefore && run.breakAfter);
}

/** Whether a run is at the beginning of its token's line. */
function isAttached(run: Run): boolean {
  return !run.text.includes("\n") && run.breakBefore && !run.breakAfter;
}

function newLines(gap: string): number {
  return gap === "" ? 0 : (gap.match(/\r\n?|\n/g)?.length ?? 0);
}

/** Takes away and adds blank lines as the kind of line break has it. */
function allow(gaps: boolean[], kind: Blank): void {
  if (kind === "none") gaps.fill(false);
  else if (kind === "first") gaps[0] = false;
  else if (kind === "last") gaps[gaps.length - 1] = false;
  else if (kind === "force" && !gaps.includes(true)) gaps[0] = true;
}
