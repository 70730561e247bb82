import type { Stats } from "node:fs";
import { type FileHandle, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TrailError } from "./trail-error.ts";
import { syncFolder, writeAside } from "./trail-folder.ts";

/** How files are opened, as `open` of `node:fs/promises` does it. */
export type OpenFile = (path: string, flags: string) => Promise<FileHandle>;

/**
 * A file that only ever grows by what was written whole. When a write fails, what it left is cut off before anything
 * else is written.
 */
export class TrailFile {
  readonly #file: FileHandle;
  readonly #path: string;
  /** Which file of its device it is. */
  readonly #inode: number;
  #size: number;
  #hasRest = false;
  /** Whether a crash might still take its name away. */
  #isNameDue = false;

  private constructor(file: FileHandle, path: string, inode: number, size: number) {
    this.#file = file;
    this.#path = path;
    this.#inode = inode;
    this.#size = size;
  }

  /** @param size bytes, all of them known to be good */
  static async open(path: string, size: number, open: OpenFile): Promise<TrailFile> {
    const { ino } = await stat(path);
    return new TrailFile(await open(path, "a"), path, ino, size);
  }

  /**
   * Begins a file. It is open before it has its name: where anything fails there is none, and the one before it goes on.
   *
   * @param header what it begins with, in ASCII
   */
  static async begin(folder: string, name: string, header: string, open: OpenFile): Promise<TrailFile> {
    const fresh = await writeAside(folder, name, header);
    const path = join(folder, name);
    const { ino } = await stat(fresh);
    const begun = new TrailFile(await open(fresh, "a"), path, ino, header.length);
    try {
      await rename(fresh, path);
    } catch (error) {
      await begun.close();
      throw error;
    }
    begun.#isNameDue = true;
    return begun;
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Resolves when the bytes would survive a crash.
   *
   * @param then what else has to come true for them to stay
   * @throws whatever failed; none of the bytes stays then
   */
  async append(bytes: Uint8Array, then: () => Promise<void>): Promise<void> {
    await this.settle();
    const { size } = await statSame(this.#path, this.#inode);
    if (size !== this.#size) {
      throw new TrailError(
        `\`${this.#path}\` has ${size} bytes where ${this.#size} were written: something else writes to it. Nothing more is added.`,
      );
    }
    this.#hasRest = true;
    try {
      for (let written = 0; written < bytes.length; ) {
        written += (await this.#file.write(bytes, written, bytes.length - written)).bytesWritten;
      }
      await this.#file.datasync();
      await then();
    } catch (error) {
      // Where even that fails, it is tried again before the next write.
      await this.#cutRest().catch(() => {});
      throw error;
    }
    this.#hasRest = false;
    this.#size += bytes.length;
  }

  /** Makes good what failed before: nothing else may be written until that is done, here or to a file that follows. */
  async settle(): Promise<void> {
    if (this.#hasRest) await this.#cutRest();
    if (this.#isNameDue) await syncFolder(dirname(this.#path));
    this.#isNameDue = false;
  }

  async #cutRest(): Promise<void> {
    await this.#file.truncate(this.#size);
    await this.#file.datasync();
    this.#hasRest = false;
  }

  async close(): Promise<void> {
    try {
      await this.settle();
    } finally {
      await this.#file.close();
    }
  }
}

/** @throws TrailError where a path leads to another file than the one that is written to */
export async function statSame(path: string, inode: number): Promise<Stats> {
  const stats = await stat(path);
  if (stats.ino === inode) return stats;
  throw new TrailError(`\`${path}\` is not the file any more that was written to. Nothing more is added.`);
}
