import { type Dirent, readdir, realpath } from "node:fs";
import type { FileSystemAdapter } from "tinyglobby";
import { entriesSeen, nameOf } from "../config/names-seen.ts";

/** The file system for a search to which names are shown as patterns see them. */
export const seenFiles = {
  readdir: (
    path: string,
    options: { withFileTypes: true },
    callback: (error: NodeJS.ErrnoException | null, entries: Dirent[]) => void,
  ) =>
    readdir(nameOf(path), options, (error, entries) =>
      callback(error, error === null ? entriesSeen(entries) : entries),
    ),
  realpath: (path: string, callback: (error: NodeJS.ErrnoException | null, real: string) => void) =>
    realpath(nameOf(path), callback),
} as unknown as FileSystemAdapter;
