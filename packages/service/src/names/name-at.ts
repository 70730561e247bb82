import type { Snapshot } from "../snapshot.ts";
import { type Use, usesIn } from "./uses-in.ts";

/** The name at an offset, or directly before it; null where nothing that stands there means something. */
export function nameAt({ program, file }: Snapshot, offset: number): Use | null {
  const uses = usesIn(program, file);
  let low = 0;
  let high = uses.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (uses[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  const last = uses[low - 1];
  return last !== undefined && offset <= last.end ? last : null;
}
