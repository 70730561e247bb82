import type { KeyObject } from "node:crypto";
import { open, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { Receipt } from "@scruple/runtime/enforce";
import { type Kept, origin } from "../chain.ts";
import { markText } from "./mark.ts";
import { ownMark } from "./own-mark.ts";
import { readLines } from "./read-lines.ts";
import { brokenTrail } from "./trail-end.ts";
import { TrailError } from "./trail-error.ts";
import { checkpointName, readIfThere, trailFiles, writeWhole } from "./trail-folder.ts";
import { longestLine, readEntry, readHeader } from "./trail-line.ts";
import { writtenAt } from "./trail-walk.ts";

/**
 * Removes the files of a trail that ended before a moment, and leaves a checkpoint in their place: on disk before the
 * first of them goes, so that a crash in between leaves too much rather than too little. The last file stays.
 *
 * @returns the receipt of the last entry that was removed, now or earlier; null where none ever was
 * @throws TrailError where something was taken away before, or the checkpoint is none or somebody else's
 */
export async function removeBefore(folder: string, moment: Date, signWith?: KeyObject): Promise<Receipt | null> {
  const names = await trailFiles(folder);
  const removed = await removedUpTo(folder, signWith);
  const gone: string[] = [];
  let receipt: Receipt | null = null;
  for (const name of names) {
    // Whatever goes missing here, a checkpoint would vouch for.
    await expectToFollow(folder, name, receipt, removed ?? origin);
    if (name === names.at(-1)) break;
    const { index, hash, entry } = await lastEntryOf(join(folder, name));
    const at = Date.parse(writtenAt(entry) ?? "");
    if (!(at < moment.getTime())) break;
    gone.push(name);
    receipt = { index, hash };
  }
  if (receipt === null) return removed;
  await writeWhole(folder, checkpointName, markText("checkpoint", receipt, signWith));
  for (const name of gone) await unlink(join(folder, name));
  return receipt;
}

/** The receipt of the last entry that was removed; null where none ever was. @throws TrailError where that is not to be told */
export async function removedUpTo(folder: string, signWith?: KeyObject): Promise<Receipt | null> {
  const text = await readIfThere(join(folder, checkpointName));
  return text === null ? null : ownMark(folder, "checkpoint", text, signWith);
}

/**
 * Looks at what a file says that it follows.
 *
 * @param before what the file before it ends with; null for the first
 * @param removed up to where a crash may have left any of the files
 * @throws TrailError where that is not what stands before it
 */
async function expectToFollow(folder: string, name: string, before: Receipt | null, removed: Receipt): Promise<void> {
  const after = await headerOf(join(folder, name));
  if (after === null) throw brokenTrail(folder, `\`${name}\` does not begin as a trail does.`);
  const isAfter = ({ index, hash }: Receipt) => after.index === index && after.hash === hash;
  if (after.index < removed.index || isAfter(before ?? removed) || isAfter(removed)) return;
  const { index } = before ?? removed;
  throw brokenTrail(folder, `\`${name}\` does not follow entry ${index}, after which it stands.`);
}

async function headerOf(path: string): Promise<Receipt | null> {
  for await (const [line] of readLines(path)) return line?.ended && line.text !== null ? readHeader(line.text) : null;
  return null;
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
