/** From offsets to lines and columns and back. Lines end with LF, CRLF or a lone CR; both count from 1, in UTF-16 units. */
export class LineIndex {
  private readonly text: string;
  private readonly length: number;
  private made: readonly number[] | null = null;

  constructor(text: string) {
    this.text = text;
    this.length = text.length;
  }

  /** The offset at which each line starts; looked for when it is first asked for. */
  private get starts(): readonly number[] {
    this.made ??= startsOf(this.text);
    return this.made;
  }

  get lineCount(): number {
    return this.starts.length;
  }

  /** Where an offset is; offsets beyond the text count as its end. */
  position(offset: number): { line: number; column: number } {
    const { starts } = this;
    const at = Math.max(0, Math.min(offset, this.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - (starts[low] as number) + 1 };
  }

  /** The offset of a line and a column; columns beyond the line count as the start of the next line, lines as the end. */
  offset(line: number, column: number): number {
    const start = this.starts[Math.max(1, line) - 1];
    if (start === undefined) return this.length;
    return Math.min(start + Math.max(1, column) - 1, this.starts[Math.max(1, line)] ?? this.length);
  }
}

/** By itself: V8 would make fast code of it for files that are known, and drop that at each that is not. */
function startsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}
