import type { KeyObject } from "node:crypto";
import { open, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { Receipt } from "@scruple/runtime/enforce";
import type { Kept } from "../chain.ts";
import { markText, readMark } from "./mark.ts";
import { TrailError } from "./trail-error.ts";
import { checkpointName, readIfThere, trailFiles, writeWhole } from "./trail-folder.ts";
import { longestLine, readEntry } from "./trail-line.ts";
import { writtenAt } from "./trail-walk.ts";

/**
 * Removes the files of a trail that ended before a moment, and leaves a checkpoint in their place: on disk before the
 * first of them goes, so that a crash in between leaves too much rather than too little. The last file stays.
 *
 * @returns the receipt of the last entry that was removed, now or earlier; null where none ever was
 */
export async function removeBefore(folder: string, moment: Date, signWith?: KeyObject): Promise<Receipt | null> {
  const names = await trailFiles(folder);
  const gone: string[] = [];
  let receipt: Receipt | null = null;
  for (const name of names.slice(0, -1)) {
    const { index, hash, entry } = await lastEntryOf(join(folder, name));
    const at = Date.parse(writtenAt(entry) ?? "");
    if (!(at < moment.getTime())) break;
    gone.push(name);
    receipt = { index, hash };
  }
  if (receipt === null) return removedUpTo(folder);
  await writeWhole(folder, checkpointName, markText("checkpoint", receipt, signWith));
  for (const name of gone) await unlink(join(folder, name));
  return receipt;
}

/** The receipt of the last entry that was removed; null where none ever was. */
export async function removedUpTo(folder: string): Promise<Receipt | null> {
  const text = await readIfThere(join(folder, checkpointName));
  return (text === null ? null : readMark("checkpoint", text))?.receipt ?? null;
}

async function lastEntryOf(path: string): Promise<Kept> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const length = Math.min(size, longestLine);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    // A line before the last may begin within a letter.
    const kept = readEntry(buffer.toString("utf8").split("\n").at(-2) ?? "");
    if (kept === null) throw new TrailError(`\`${path}\` does not end with an entry, so nothing is removed.`);
    return kept;
  } finally {
    await file.close();
  }
}
