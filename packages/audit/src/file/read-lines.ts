import { isUtf8 } from "node:buffer";
import { createReadStream } from "node:fs";
import { longestLine } from "./trail-line.ts";

export interface TrailLine {
  /** Without its line feed; null where it is no UTF-8, or longer than any entry. */
  readonly text: string | null;
  /** Bytes in the file, its line feed included. */
  readonly bytes: number;
  /** Whether it has its line feed. Only the last one may have none. */
  readonly ended: boolean;
}

const feed = 0x0a;

/**
 * The lines of a file, byte for byte, a batch for each chunk; it holds one chunk and one line.
 *
 * @param chunk bytes that are read at a time
 * @throws whatever the file system says
 */
export async function* readLines(path: string, chunk = 1 << 18): AsyncGenerator<TrailLine[]> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  const release = (end: Buffer, ended: boolean): TrailLine => {
    const bytes = heldBytes + end.length + (ended ? 1 : 0);
    const text = bytes > longestLine ? null : decode(held.length === 0 ? end : Buffer.concat([...held, end]));
    held = [];
    heldBytes = 0;
    return { text, bytes, ended };
  };
  for await (const piece of createReadStream(path, { highWaterMark: chunk }) as AsyncIterable<Buffer>) {
    const lines: TrailLine[] = [];
    let start = 0;
    for (let end = piece.indexOf(feed); end >= 0; end = piece.indexOf(feed, start)) {
      lines.push(release(piece.subarray(start, end), true));
      start = end + 1;
    }
    const rest = piece.subarray(start);
    // What is too long is counted and not kept.
    if (heldBytes + rest.length <= longestLine && rest.length > 0) held.push(rest);
    else held = [];
    heldBytes += rest.length;
    if (lines.length > 0) yield lines;
  }
  if (heldBytes > 0) yield [release(Buffer.alloc(0), false)];
}

function decode(bytes: Buffer): string | null {
  return isUtf8(bytes) ? bytes.toString("utf8") : null;
}
