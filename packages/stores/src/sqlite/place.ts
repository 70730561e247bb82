import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";

/**
 * Where a database lies, to find out whether whoever opens it next finds the same file there.
 *
 * @param path as the application has it: a link may lead elsewhere later
 * @param opened what the database calls its file, for paths that are URIs; empty where it has none, as in memory
 * @returns whether it is still the same file
 */
export function placeOf(path: string, opened: string): () => boolean {
  if (opened === "") return () => true;
  const place = existsSync(resolve(path)) ? resolve(path) : opened;
  const { ino, dev } = statSync(place);
  return () => {
    const found = statSync(place, { throwIfNoEntry: false });
    return found?.ino === ino && found.dev === dev;
  };
}
