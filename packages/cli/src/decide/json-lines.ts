import { isUtf8 } from "node:buffer";

/** What stands in the place of a line that is longer than the bound, or no UTF-8. */
export type BadLine = { readonly bad: "long" | "encoding" };
export type Line = string | BadLine;

const feed = 0x0a;
const tooLong: BadLine = { bad: "long" };
const notUtf8: BadLine = { bad: "encoding" };

/**
 * Splits a stream of bytes into lines, a batch for each chunk that ends some. No more than one chunk and one line is held
 * in memory: what a line has beyond `longest` bytes is dropped as it comes. A byte order mark at the start is dropped too;
 * carriage returns stay, since JSON takes them for white space.
 */
export async function* jsonLines(stream: AsyncIterable<Uint8Array | string>, longest: number): AsyncGenerator<Line[]> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let dropping = false;
  let first = true;

  const hold = (bytes: Buffer) => {
    if (dropping || bytes.length === 0) return;
    if (heldBytes + bytes.length > longest) {
      dropping = true;
      held = [];
      heldBytes = 0;
      return;
    }
    // A copy: the chunk's memory may be far larger than what is left of it.
    held.push(Buffer.from(bytes));
    heldBytes += bytes.length;
  };
  const release = (): Line => {
    const line = dropping ? tooLong : decode(held.length === 1 ? held[0]! : Buffer.concat(held));
    held = [];
    heldBytes = 0;
    dropping = false;
    return line;
  };

  for await (const piece of stream) {
    let chunk =
      typeof piece === "string" ? Buffer.from(piece) : Buffer.from(piece.buffer, piece.byteOffset, piece.length);
    if (first) {
      chunk = withoutMark(chunk);
      first = false;
    }
    const end = chunk.lastIndexOf(feed);
    if (end < 0) {
      hold(chunk);
      continue;
    }
    const lines: Line[] = [];
    let start = 0;
    if (heldBytes > 0 || dropping) {
      start = chunk.indexOf(feed) + 1;
      hold(chunk.subarray(0, start - 1));
      lines.push(release());
    }
    if (start <= end) split(chunk.subarray(start, end), longest, lines);
    hold(chunk.subarray(end + 1));
    yield lines;
  }
  if (heldBytes > 0 || dropping) yield [release()];
}

/** Adds the lines of a text without its last line feed. */
function split(bytes: Buffer, longest: number, lines: Line[]): void {
  if (bytes.length <= longest && isUtf8(bytes)) {
    // By far the most common: decoded and cut in one go.
    for (const line of bytes.toString("utf8").split("\n")) lines.push(line);
    return;
  }
  for (let start = 0; start <= bytes.length; ) {
    const found = bytes.indexOf(feed, start);
    const end = found < 0 ? bytes.length : found;
    lines.push(end - start > longest ? tooLong : decode(bytes.subarray(start, end)));
    start = end + 1;
  }
}

function decode(bytes: Buffer): Line {
  return isUtf8(bytes) ? bytes.toString("utf8") : notUtf8;
}

function withoutMark(chunk: Buffer): Buffer {
  return chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk;
}
