import type { Snapshot } from "../snapshot.ts";
import { lastUpTo } from "./last-up-to.ts";
import { type Use, usesIn } from "./uses-in.ts";

/** The name at an offset, or directly before it; null where nothing that stands there means something. */
export function nameAt({ program, file }: Snapshot, offset: number): Use | null {
  const last = lastUpTo(usesIn(program, file), offset);
  return last !== undefined && offset <= last.end ? last : null;
}
