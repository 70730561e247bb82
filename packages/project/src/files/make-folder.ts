import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it, one step at a time: the `recursive` of Node's own `mkdir` never returns where a file
 * system says that a folder which is there is not, as /proc does, and names the wrong reason where one is read-only.
 *
 * @returns the folders that were not there before, outermost first
 */
export function makeFolder(path: string): string[] {
  if (isFolder(path)) return [];
  const parent = dirname(path);
  const above = parent === path ? [] : makeFolder(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process was faster.
    if (isFolder(path)) return above;
    throw error;
  }
  return [...above, path];
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
