import { type Dirent, lstatSync, readdir, realpath, stat } from "node:fs";
import { resolve, sep } from "node:path";
import type { FileSystemAdapter } from "tinyglobby";
import { entriesSeen, nameOf } from "../config/names-seen.ts";

type Callback<Result> = (error: NodeJS.ErrnoException | null, result: Result) => void;

/** What could not be read, and why. */
export interface Refusal {
  /** Absolute. */
  readonly path: string;
  readonly error: NodeJS.ErrnoException;
}

/** Stands before the path of a link that leads nowhere; no path has it. */
const nowhere = "\0";

/**
 * The file system for a search that passes over in silence what it cannot read: what that was is noted here. Names are shown
 * as patterns see them. A link that leads nowhere may have led to a folder, so it counts as one, and the search fails to read it unless
 * it has no business there.
 */
export class NotingFiles {
  readonly refusals: Refusal[] = [];

  readonly adapter = {
    readdir: (found: string, options: { withFileTypes: true }, callback: Callback<Dirent[]>) => {
      const path = resolve(nameOf(found.replace(nowhere, "")));
      readdir(path, options, (error, entries) => {
        if (error !== null && !isGone(path)) this.refusals.push({ path, error });
        callback(error, error === null ? entriesSeen(entries) : entries);
      });
    },
    // Whether links lead in a circle is judged by how paths begin: without the separator, `a` would seem to hold `a-b`.
    realpath: (path: string, callback: Callback<string>) =>
      realpath(nameOf(path), (error, real) => callback(null, error === null ? real + sep : nowhere + path)),
    stat: (path: string, callback: Callback<{ isDirectory(): boolean }>) => {
      if (path.startsWith(nowhere)) callback(null, { isDirectory: () => true });
      else stat(resolve(path), callback);
    },
  } as unknown as FileSystemAdapter;
}

/** Whether nothing has that name, not even a link: it may have gone since the folder above was read. */
function isGone(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}
