import { readFile, stat } from "node:fs/promises";

/** So many milliseconds after a change, another may still bear the same time: that is how coarsely file systems count. */
const coarsest = 2_000;

/**
 * Reads a file; again only where it may have changed. Its time of modification can be set to anything, and is by what copies files or
 * unpacks them, so the time of its last change of any kind, which nobody can set, counts as well.
 */
export function watchedFile(path: string | URL): (signal: AbortSignal) => Promise<string> {
  let last: string | undefined;
  let text = "";
  return async (signal) => {
    const { mtimeNs, ctimeNs, ctimeMs, size, ino } = await stat(path, { bigint: true });
    const now = `${mtimeNs} ${ctimeNs} ${size} ${ino}`;
    if (now !== last) {
      const isSettled = Date.now() - Number(ctimeMs) > coarsest;
      text = await readFile(path, { encoding: "utf8", signal });
      last = isSettled ? now : undefined;
    }
    return text;
  };
}
