import type { FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { type OpenFile, statSame } from "./trail-file.ts";
import { headName } from "./trail-folder.ts";

/** The file that says how far a trail was acknowledged. It stays open, and is overwritten in place with each batch. */
export class HeadFile {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #inode: number;

  private constructor(file: FileHandle, path: string, inode: number) {
    this.#file = file;
    this.#path = path;
    this.#inode = inode;
  }

  static async open(folder: string, open: OpenFile): Promise<HeadFile> {
    const path = join(folder, headName);
    const file = await open(path, "r+");
    try {
      return new HeadFile(file, path, (await file.stat()).ino);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** @throws where the head is another file by now: nobody would ever read what is written to this one */
  async write(mark: string): Promise<void> {
    await statSame(this.#path, this.#inode);
    const bytes = Buffer.from(mark);
    await this.#file.write(bytes, 0, bytes.length, 0);
  }

  async sync(): Promise<void> {
    await this.#file.sync();
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
