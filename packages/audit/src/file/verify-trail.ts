import type { KeyObject } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Receipt } from "@scruple/runtime/enforce";
import { isSigned, type Mark, type MarkKind, readMark } from "./mark.ts";
import { readLines } from "./read-lines.ts";
import { TrailError } from "./trail-error.ts";
import { checkpointName, expectTrail, headName, isNoFile, readIfThere, trailFiles } from "./trail-folder.ts";
import { Findings, type TrailReport } from "./trail-report.ts";
import { TrailWalk, writtenAt } from "./trail-walk.ts";

export interface VerifyOptions {
  /** A receipt that was kept elsewhere. */
  readonly head?: Receipt;
  /** Of the key that signs marks; who gives it wants them signed. */
  readonly publicKey?: KeyObject;
  /** Told now and then how many entries were read. */
  readonly onProgress?: (entries: number) => void;
}

/**
 * Reads a whole trail, a folder or one of its files, in constant memory, and says what is not as it was written. The
 * trail may grow meanwhile.
 *
 * @throws TrailError where a folder holds none, or a key is given for a file alone; whatever the file system says
 */
export async function verifyTrail(path: string, options: VerifyOptions = {}): Promise<TrailReport> {
  const { head, publicKey, onProgress } = options;
  const findings = new Findings();
  const isFolder = (await stat(path)).isDirectory();
  if (isFolder) await expectTrail(path);
  else if (publicKey !== undefined) {
    throw new TrailError(
      `\`${path}\` is one file, which holds nothing that is signed: give the key for its folder, where \`${headName}\` lies.`,
    );
  }
  const folder = isFolder ? path : dirname(path);
  // In this order: what the head vouches for is in the files by then, and what is not, the checkpoint accounts for.
  const ownHead = isFolder ? await readMarkOf(folder, "head", findings, publicKey) : null;
  const names = isFolder ? await trailFiles(folder) : [basename(path)];
  const checkpoint = isFolder ? await readMarkOf(folder, "checkpoint", findings, publicKey) : null;
  const removed = checkpoint?.receipt ?? null;
  const known = [head ?? null, ownHead?.receipt ?? null, removed].filter((receipt) => receipt !== null);
  const acknowledged = ownHead === null ? null : Math.max(...known.map((receipt) => receipt.index));

  const walk = new TrailWalk({ known, acknowledged, hasNames: isFolder }, findings);
  for (const name of names) {
    walk.begin(name);
    if (isFolder && (await isNoFile(join(folder, name)))) {
      walk.skip();
      continue;
    }
    for await (const lines of readLines(join(folder, name))) {
      for (const line of lines) walk.take(line, name === names.at(-1));
      onProgress?.(walk.entries);
    }
    walk.end();
  }
  walk.finish();
  if (isFolder) {
    vouchForBeginning(walk.after, removed, names[0] ?? checkpointName, findings);
    await noteCrashes(folder, findings);
  } else if (head === undefined) {
    findings.note(
      "One file alone does not show whether entries are missing at its end: its folder does, or a receipt.",
    );
  }
  if (head !== undefined && head.index < walk.after.index) {
    findings.note(`Entry ${head.index} was removed, so its receipt says nothing of what is there.`);
  }
  return {
    entries: walk.entries,
    files: names.length,
    after: walk.after,
    last: walk.last,
    since: walk.since,
    until: walk.lastEntry === null ? null : writtenAt(walk.lastEntry),
    breaches: findings.breaches,
    notes: findings.notes,
  };
}

async function readMarkOf(
  folder: string,
  kind: MarkKind,
  findings: Findings,
  publicKey: KeyObject | undefined,
): Promise<Mark | null> {
  const file = kind === "head" ? headName : checkpointName;
  const place = { file, line: null, index: null };
  const path = join(folder, file);
  const text = (await isNoFile(path)) ? "" : await readIfThere(path);
  const mark = text === null ? null : readMark(kind, text);
  if (text === null) {
    const message = "It is missing, which says how far the trail was acknowledged.";
    if (kind === "head") findings.breach({ ...place, kind: "missing", message });
  } else if (mark === null) {
    findings.breach({ ...place, kind: "unreadable", message: "It is not as it was written." });
  } else if (publicKey !== undefined && !isSigned(kind, mark, publicKey)) {
    findings.breach({ ...place, kind: "unsigned", message: "It is not signed with this key." });
  } else if (publicKey === undefined && mark.signature !== null) {
    findings.note(`\`${file}\` is signed, which only the public key can confirm.`);
  }
  return mark;
}

/** What is not there any more has to have been removed in order, up to the checkpoint. */
function vouchForBeginning(after: Receipt, removed: Receipt | null, file: string, findings: Findings): void {
  if (after.index < 0) return;
  if (removed === null || removed.index < after.index) {
    const first = (removed?.index ?? -1) + 1;
    const message = `Entries ${first} to ${after.index} are gone, and no checkpoint says that they were removed in order.`;
    findings.breach({ kind: "missing", file, line: 1, index: first, message });
  } else if (removed.index === after.index && removed.hash !== after.hash) {
    const message = `Entry ${removed.index}, the last that was removed, is not the one that the next file follows.`;
    findings.breach({ kind: "changed", file: checkpointName, line: null, index: removed.index, message });
  }
}

async function noteCrashes(folder: string, findings: Findings): Promise<void> {
  const torn = (await readdir(folder)).filter((name) => /\.torn-\d+$/.test(name)).sort();
  if (torn.length > 0) {
    findings.note(
      `A crash left unfinished entries, none of them acknowledged: ${torn.map((n) => `\`${n}\``).join(", ")}.`,
    );
  }
}
