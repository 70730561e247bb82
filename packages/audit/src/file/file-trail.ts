import type { KeyObject } from "node:crypto";
import { open as openFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { AuditEntry, AuditTrail, Receipt } from "@scruple/runtime/enforce";
import { canonicalEntry } from "../canonical-entry.ts";
import { extend, type Kept, origin } from "../chain.ts";
import { HeadFile } from "./head-file.ts";
import { takeLock } from "./lock.ts";
import { markText } from "./mark.ts";
import { ownMark } from "./own-mark.ts";
import { readKept } from "./read-trail.ts";
import { removeBefore, removedUpTo } from "./retention.ts";
import { largestBatch } from "./torn-end.ts";
import { brokenTrail, findEnd, type Repair, repairEnd } from "./trail-end.ts";
import { TrailError } from "./trail-error.ts";
import { type OpenFile, TrailFile } from "./trail-file.ts";
import { checkpointName, fileName, headName, makeFolder, readIfThere, trailFiles, writeWhole } from "./trail-folder.ts";
import { entryLine, headerLine } from "./trail-line.ts";

export interface FileTrailOptions {
  /** Made where it is missing. One trail, one process at a time. */
  readonly folder: string;
  /** A new file is begun when this many bytes are reached; 64 MiB if left out. */
  readonly fileBytes?: number;
  /** Whether the entries of each day, in UTC, have a file of their own. */
  readonly daily?: boolean;
  /** An Ed25519 private key that signs the head and checkpoints: who has not got it cannot forge the end of a trail. */
  readonly signWith?: KeyObject;
  /** The name of this machine, where two that share a disk would have the same, or one has another after each start. */
  readonly machine?: string;
  /** How files are opened: for tests, whose disks fail. */
  readonly open?: OpenFile;
}

interface Waiting {
  readonly entry: string;
  readonly day: string;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: unknown) => void;
}

/** Entries that may wait for the disk. Beyond that it is too slow for what is asked of it, and appends are refused. */
const mostWaiting = 1 << 14;

/**
 * An audit trail in a folder of JSON Lines. Appends that come while the disk is busy are written together, with one
 * `fdatasync`; each resolves when that is done. One that rejects is not in the trail, and the next one is as good as ever.
 */
export class FileTrail implements AuditTrail {
  /** What a crash had left, if the trail was opened after one; null if it was closed in order. */
  readonly repair: Repair | null;
  readonly #options: FileTrailOptions;
  readonly #folder: string;
  readonly #unlock: () => Promise<void>;
  readonly #head: HeadFile;
  #file: TrailFile;
  /** The latest of the entries in the file, `YYYY-MM-DD`; null where it has none. */
  #day: string | null;
  #last: Receipt;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | null = null;
  #removing: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  private constructor(
    options: FileTrailOptions,
    parts: {
      folder: string;
      unlock: () => Promise<void>;
      head: HeadFile;
      file: TrailFile;
      day: string | null;
      last: Receipt;
      repair: Repair | null;
    },
  ) {
    this.#options = options;
    this.#folder = parts.folder;
    this.#unlock = parts.unlock;
    this.#head = parts.head;
    this.#file = parts.file;
    this.#day = parts.day;
    this.#last = parts.last;
    this.repair = parts.repair;
  }

  /**
   * Opens a trail, or begins one.
   *
   * @throws TrailError where another process has it, or where it is not what was acknowledged
   */
  static async open(options: FileTrailOptions): Promise<FileTrail> {
    const folder = resolve(options.folder);
    const open = options.open ?? openFile;
    await makeFolder(folder);
    const unlock = await takeLock(folder, options.machine);
    try {
      const names = await trailFiles(folder);
      const name = names.at(-1) ?? fileName(0);
      const acknowledged = await readHead(folder, names, options.signWith);
      if (names.length === 0) await writeWhole(folder, name, headerLine(origin));
      const end = await findEnd(folder, name, acknowledged);
      const repair = await repairEnd(folder, name, end);
      const { last, size, day } = end;
      await writeWhole(folder, headName, markText("head", last, options.signWith));
      const file = await TrailFile.open(join(folder, name), size, open);
      try {
        const head = await HeadFile.open(folder, open);
        return new FileTrail(options, { folder, unlock, head, file, day, last, repair });
      } catch (error) {
        await file.close();
        throw error;
      }
    } catch (error) {
      await unlock();
      throw error;
    }
  }

  /** Of the last acknowledged entry. Kept elsewhere, it shows later that nothing before it was changed or removed. */
  get last(): Receipt {
    return this.#last;
  }

  async append(entry: AuditEntry): Promise<Receipt> {
    const text = canonicalEntry(entry);
    if (this.#isClosed) throw new TrailError("The trail is closed.");
    if (this.#waiting.length >= mostWaiting) {
      throw new TrailError(`${mostWaiting} entries wait for the disk already. It is too slow for what is asked of it.`);
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry: text, day: entry.at.slice(0, 10), resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  /** The entries that are there, from the oldest, to the last that was acknowledged when this was called. */
  async *read(): AsyncGenerator<Kept> {
    const { index } = this.#last;
    for await (const kept of readKept(this.#folder)) {
      if (kept.index > index) return;
      yield kept;
    }
  }

  /** What the first entry that is there follows. */
  async start(): Promise<Receipt> {
    return (await removedUpTo(this.#folder, this.#options.signWith)) ?? origin;
  }

  /**
   * Removes the files that ended before a moment, and leaves a checkpoint in their place. The file that is written to
   * stays.
   *
   * @returns the receipt of the last entry that was removed, now or earlier; null where none ever was
   */
  removeBefore(moment: Date): Promise<Receipt | null> {
    const removed = this.#removing.then(() => removeBefore(this.#folder, moment, this.#options.signWith));
    this.#removing = removed.catch(() => {});
    return removed;
  }

  /** Waits for what is under way, and lets go of the folder. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#writing;
    await this.#removing;
    try {
      await this.#head.sync();
    } finally {
      await Promise.all([this.#head.close(), this.#file.close()]);
      await this.#unlock();
    }
  }

  async #write(): Promise<void> {
    // What is asked for in the same turn is written together.
    await null;
    while (this.#waiting.length > 0) {
      const batch = this.#nextBatch();
      try {
        const receipts = await this.#commit(batch);
        for (const [i, { resolve }] of batch.entries()) resolve(receipts[i]!);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#writing = null;
  }

  /** Entries for one file, no more than are written at once. */
  #nextBatch(): Waiting[] {
    const day = this.#laterDay(this.#waiting[0]!.day);
    let bytes = 0;
    let count = 0;
    for (const { entry, day: own } of this.#waiting) {
      if (bytes > largestBatch || (this.#options.daily && own > day)) break;
      bytes += 3 * entry.length;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  async #commit(batch: readonly Waiting[]): Promise<readonly Receipt[]> {
    const day = this.#laterDay(batch[0]!.day);
    await this.#rotate(day);
    const receipts: Receipt[] = [];
    let lines = "";
    let last = this.#last;
    for (const { entry } of batch) {
      last = extend(last, entry);
      receipts.push(last);
      lines += entryLine({ ...last, entry });
    }
    const mark = markText("head", last, this.#options.signWith);
    await this.#file.append(Buffer.from(lines), () => this.#head.write(mark));
    this.#last = last;
    this.#day = day;
    return receipts;
  }

  /** Begins a new file where the one that is written to is full, or of another day. */
  async #rotate(day: string): Promise<void> {
    const isFull = this.#file.size >= (this.#options.fileBytes ?? 64 * 2 ** 20);
    const isOver = this.#options.daily === true && day !== this.#day;
    if (this.#day === null || !(isFull || isOver)) return;
    await this.#file.settle();
    // Not later: after a power failure the head must not be older than the file that is looked at.
    await this.#head.sync();
    const name = fileName(this.#last.index + 1);
    const next = await TrailFile.begin(this.#folder, name, headerLine(this.#last), this.#options.open ?? openFile);
    const full = this.#file;
    this.#file = next;
    this.#day = null;
    await full.close();
  }

  /** Days do not go back: an entry that comes late, or a clock that was ahead, begins no file. */
  #laterDay(day: string): string {
    return this.#day !== null && this.#day > day ? this.#day : day;
  }
}

/**
 * Up to where a trail was acknowledged. The head is written before the first entry: where there are entries without it,
 * somebody took it away.
 */
async function readHead(folder: string, names: readonly string[], signWith?: KeyObject): Promise<Receipt> {
  const text = await readIfThere(join(folder, headName));
  if (text === null) {
    const [first, ...others] = names;
    const isNew = first === undefined || (await stat(join(folder, first))).size === headerLine(origin).length;
    if (isNew && others.length === 0 && (await readIfThere(join(folder, checkpointName))) === null) return origin;
    throw brokenTrail(folder, `\`${headName}\` is missing, which says how far the trail was acknowledged.`);
  }
  const receipt = ownMark(folder, "head", text, signWith);
  if (names.length === 0) throw brokenTrail(folder, `\`${headName}\` is there, but no file of the trail.`);
  return receipt;
}
