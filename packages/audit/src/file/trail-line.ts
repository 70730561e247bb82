import type { Receipt } from "@scruple/runtime/enforce";
import type { Kept } from "../chain.ts";

/** The longest line of a trail in bytes, its line feed included: the longest entry, three bytes a letter, with its hash. */
export const longestLine = 1 << 20;

/** What a file of a trail begins with: the receipt of the entry before its first, `origin` where there is none. */
export function headerLine({ index, hash }: Receipt): string {
  return `{"trail":"scruple","version":1,"after":{"index":${index},"hash":"${hash}"}}\n`;
}

/** A line for each entry. */
export function entryLine({ index, hash, entry }: Kept): string {
  return `{"index":${index},"hash":"${hash}","entry":${entry}}\n`;
}

const header =
  /^\{"trail":"scruple","version":1,"after":\{"index":(-1|0|[1-9]\d{0,14}),"hash":"(sha256:[0-9a-f]{64})"\}\}$/;
const entryStart = /^\{"index":(0|[1-9]\d{0,14}),"hash":"(sha256:[0-9a-f]{64})","entry":(?=\{)/;

/** Reads exactly what `headerLine` writes, less the line feed. */
export function readHeader(line: string): Receipt | null {
  const match = header.exec(line);
  return match === null ? null : { index: Number(match[1]), hash: match[2]! };
}

/** Reads exactly what `entryLine` writes, less the line feed. Whether its entry is JSON, only its hash can tell. */
export function readEntry(line: string): Kept | null {
  const match = entryStart.exec(line);
  if (match === null || !line.endsWith("}}")) return null;
  return { index: Number(match[1]), hash: match[2]!, entry: line.slice(match[0].length, -1) };
}
