import {
  accessSync,
  chmodSync,
  constants,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { CallError } from "../call-error.ts";
import { describeFileError } from "./file-error.ts";
import { makeFolder } from "./make-folder.ts";
import { realPath } from "./real-path.ts";
import { removeLeftovers, temporaryFor } from "./temporary-file.ts";
import { undisturbed } from "./undisturbed.ts";

export interface FileToWrite {
  /** Absolute. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

interface Prepared {
  readonly target: string;
  readonly temporary: string;
  /** What the target holds now; null where it is new. */
  readonly before: Buffer | null;
}

/**
 * Writes several files so that a reader sees each of them whole, before or after, and a failure leaves all of them as
 * they were: every file is first written beside its target, then all are renamed. A target that is a link stays one,
 * modes are kept, and a file that holds its content already is not touched. A signal to end waits for the end of it.
 *
 * @param show how a message names a path
 * @returns the paths that were written
 * @throws CallError where the file system refuses
 */
export function writeFiles(files: readonly FileToWrite[], show: (path: string) => string): string[] {
  return undisturbed(() => {
    const written = writeAll(files, show);
    removeLeftovers(files.map(({ path }) => realPath(path)));
    return written;
  });
}

function writeAll(files: readonly FileToWrite[], show: (path: string) => string): string[] {
  const prepared: Prepared[] = [];
  const written: string[] = [];
  const folders: string[] = [];
  const renamed: Prepared[] = [];
  let current = "";
  try {
    for (const { path, content } of files) {
      current = path;
      folders.push(...makeFolder(dirname(path)));
      const ready = prepare(path, Buffer.from(content as string));
      if (ready === null) continue;
      prepared.push(ready);
      written.push(path);
    }
    for (const file of prepared) {
      current = file.target;
      renameSync(file.temporary, file.target);
      renamed.push(file);
    }
    return written;
  } catch (error) {
    for (const file of renamed) restore(file);
    for (const file of prepared) rmSync(file.temporary, { force: true });
    for (const folder of folders.reverse()) removeEmpty(folder);
    throw new CallError(`\`${show(current)}\` could not be written: ${describeFileError(error)}. No file was changed.`);
  }
}

/** Writes the content beside its target. Null where the target holds it already. */
function prepare(path: string, content: Buffer): Prepared | null {
  const target = realPath(path);
  const before = readIfThere(target);
  if (before?.equals(content)) return null;
  if (before !== null) accessSync(target, constants.W_OK);
  const temporary = temporaryFor(target);
  try {
    writeFileSync(temporary, content, { flag: "wx" });
    if (before !== null) chmodSync(temporary, statSync(target).mode);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return { target, temporary, before };
}

function restore(file: Prepared): void {
  try {
    if (file.before === null) rmSync(file.target, { force: true });
    else writeFileSync(file.target, file.before);
  } catch {
    // The first failure is the one to report; this folder refuses everything by now.
  }
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Somebody else has put something there meanwhile, and keeps it.
  }
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
