import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { AuditEntry, Receipt } from "@scruple/runtime/enforce";
import type { Kept } from "../chain.ts";
import { readLines } from "./read-lines.ts";
import { brokenTrail } from "./trail-end.ts";
import { expectTrail, isNoFile, trailFiles } from "./trail-folder.ts";
import { readEntry, readHeader } from "./trail-line.ts";

/** A line of a trail, read. */
export interface Recorded extends Receipt {
  readonly entry: AuditEntry;
}

/** A line that is none, and where it stands. */
export interface Unreadable {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/**
 * The entries of a trail, a folder or one of its files, from the oldest, a batch at a time and in constant memory. It
 * verifies nothing.
 *
 * @throws TrailError where a folder holds none; whatever the file system says
 */
export async function* readTrail(path: string): AsyncGenerator<(Recorded | Unreadable)[]> {
  const isFolder = (await stat(path)).isDirectory();
  if (isFolder) await expectTrail(path);
  const files = isFolder ? (await trailFiles(path)).map((name) => join(path, name)) : [path];
  for (const file of files) {
    if (isFolder && (await isNoFile(file))) {
      yield [{ file, line: 1 }];
      continue;
    }
    let line = 0;
    for await (const lines of readLines(file)) {
      const batch: (Recorded | Unreadable)[] = [];
      for (const { text } of lines) {
        line += 1;
        if (line === 1 && text !== null && readHeader(text) !== null) continue;
        batch.push((text === null ? null : recorded(text)) ?? { file, line });
      }
      yield batch;
    }
  }
}

/**
 * The entries of a trail's folder as they are kept, from the oldest and in constant memory.
 *
 * @throws TrailError where a line is none; whatever the file system says
 */
export async function* readKept(folder: string): AsyncGenerator<Kept> {
  for (const name of await trailFiles(folder)) {
    let isHeader = true;
    for await (const lines of readLines(join(folder, name))) {
      for (const { text, ended } of lines) {
        const kept = isHeader || text === null ? null : readEntry(text);
        if (kept !== null) yield kept;
        else if (ended && !isHeader) throw brokenTrail(folder, `A line of \`${name}\` is no entry.`);
        isHeader = false;
      }
    }
  }
}

function recorded(line: string): Recorded | null {
  const kept = readEntry(line);
  if (kept === null) return null;
  try {
    const entry: unknown = JSON.parse(kept.entry);
    return isEntry(entry) ? { index: kept.index, hash: kept.hash, entry } : null;
  } catch {
    return null;
  }
}

const texts = ["at", "policy", "model", "interaction", "operation", "purpose", "channel", "decision", "outcome"];
const optionalTexts = ["with", "recipient", "precision", "subject", "act"];
const lists = ["data", "rules", "basis", "missing", "duties", "limits"];

/** Who shows an entry relies on its shape, and what is in a file may be anything. */
function isEntry(value: unknown): value is AuditEntry {
  if (typeof value !== "object" || value === null) return false;
  const entry = value as Record<string, unknown>;
  const isText = (key: string) => typeof entry[key] === "string";
  const { conditions } = entry;
  return (
    texts.every(isText) &&
    optionalTexts.every((key) => entry[key] === null || isText(key)) &&
    lists.every((key) => Array.isArray(entry[key]) && entry[key].every((item) => typeof item === "string")) &&
    typeof conditions === "object" &&
    conditions !== null &&
    Object.values(conditions).every((item) => typeof item === "string") &&
    Number.isSafeInteger(entry.errors)
  );
}
