import type { Receipt } from "@scruple/runtime/enforce";
import type { Breach } from "../chain.ts";
import { longestLine } from "./trail-line.ts";

/** The most that is written at once, in bytes, beside the entry that goes beyond it: a crash tears no more than that. */
export const largestBatch = 1 << 20;

/**
 * What stands in the last file from the first line on that is not as it should be. An interrupted write leaves something
 * behind everything that was acknowledged, and no more than is written at once; whatever else is wrong was no crash.
 */
export class TornEnd {
  bytes = 0;

  /**
   * @param last the entry before it
   * @param acknowledged the index of the last entry that was
   * @param breach what is wrong with its first line; null where that is no entry
   * @returns null where an entry that was acknowledged should stand there, or one of another place does: no crash moves it
   */
  static behind(last: Receipt, acknowledged: number, breach: Breach | null): TornEnd | null {
    const mayBeTorn = breach === null || breach.kind === "changed";
    return mayBeTorn && last.index >= acknowledged ? new TornEnd() : null;
  }

  /** Whether a crash may have left it, by all that was counted. */
  get isOfCrash(): boolean {
    return this.bytes <= largestBatch + longestLine;
  }
}
