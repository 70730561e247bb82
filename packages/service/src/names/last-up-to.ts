import type { Range } from "@scruple/syntax";

/** The last of some ranges, sorted by place, that begins at an offset or before it. */
export function lastUpTo<R extends Range>(ranges: readonly R[], offset: number): R | undefined {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return ranges[low - 1];
}
