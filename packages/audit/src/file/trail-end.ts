import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Receipt } from "@scruple/runtime/enforce";
import { ChainCheck } from "../chain.ts";
import { readLines } from "./read-lines.ts";
import { TornEnd } from "./torn-end.ts";
import { TrailError } from "./trail-error.ts";
import { readIfThere, writeWhole } from "./trail-folder.ts";
import { readEntry, readHeader } from "./trail-line.ts";

/** What a crash had left at the end of a trail, and where it lies now. */
export interface Repair {
  /** The file that the bytes were moved to. None of them was of an acknowledged entry. */
  readonly setAside: string;
  readonly bytes: number;
  /** The last entry that is whole. */
  readonly last: Receipt;
}

/** Where the last file of a trail ends. */
export interface TrailEnd {
  /** Of the last entry that is whole. */
  readonly last: Receipt;
  /** Bytes up to there. */
  readonly size: number;
  /** Bytes behind it, which a crash left. */
  readonly torn: number;
  /** The day of its first entry, `YYYY-MM-DD`; null where it has none. */
  readonly day: string | null;
}

/**
 * Finds out where the last file of a trail ends, entry by entry.
 *
 * @param head up to where the trail was acknowledged
 * @throws TrailError where the file is not what was acknowledged
 */
export async function findEnd(folder: string, name: string, head: Receipt): Promise<TrailEnd> {
  const path = join(folder, name);
  let chain: ChainCheck | null = null;
  let size = 0;
  let day: string | null = null;
  let torn: TornEnd | null = null;
  let wrong = "";
  for await (const lines of readLines(path)) {
    for (const { text, bytes, ended } of lines) {
      const line = ended ? text : null;
      if (chain === null) {
        const after = line === null ? null : readHeader(line);
        if (after === null) throw brokenTrail(folder, `\`${name}\` does not begin as a trail does.`);
        chain = new ChainCheck({ from: after, known: [head] });
      } else if (torn === null) {
        const before = chain.last;
        const kept = line === null ? null : readEntry(line);
        const breach = kept === null ? null : chain.check(kept);
        if (kept === null || breach !== null) {
          wrong = breach?.message ?? `Entry ${before.index + 1} cannot be read.`;
          torn = TornEnd.behind(before, head.index, breach);
          if (torn === null) throw brokenTrail(folder, wrong);
          chain = new ChainCheck({ from: before, known: [head] });
        } else day ??= dayOf(kept.entry);
      }
      if (torn === null) size += bytes;
      else torn.bytes += bytes;
    }
  }
  if (chain === null) throw brokenTrail(folder, `\`${name}\` is empty.`);
  const cut = chain.end();
  if (cut !== null) throw brokenTrail(folder, cut.message);
  if (torn?.isOfCrash === false) throw brokenTrail(folder, wrong);
  return { last: chain.last, size, torn: torn?.bytes ?? 0, day };
}

function dayOf(entry: string): string {
  return (JSON.parse(entry) as { at: string }).at.slice(0, 10);
}

/** Says where to look. */
export function brokenTrail(folder: string, what: string): TrailError {
  return new TrailError(
    `${what} Nothing is added to a broken trail: keep it as it is, begin another in an empty folder, and ask \`scruple audit verify ${folder}\`.`,
  );
}

/** Moves what a crash left to a file of its own, and makes the trail end before it; null where it left nothing. */
export async function repairEnd(folder: string, name: string, { last, size, torn }: TrailEnd): Promise<Repair | null> {
  if (torn === 0) return null;
  const path = join(folder, name);
  const rest = (await readFile(path)).subarray(size);
  let number = 1;
  while ((await readIfThere(join(folder, `${name}.torn-${number}`))) !== null) number += 1;
  const aside = `${name}.torn-${number}`;
  await writeWhole(folder, aside, rest);
  const file = await open(path, "r+");
  try {
    await file.truncate(size);
    await file.sync();
  } finally {
    await file.close();
  }
  return { setAside: join(folder, aside), bytes: rest.length, last };
}
