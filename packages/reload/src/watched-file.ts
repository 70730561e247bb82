import { readFile, stat } from "node:fs/promises";

/** Reads a file; again only where it looks as if it had changed. */
export function watchedFile(path: string | URL): (signal: AbortSignal) => Promise<string> {
  let last = "";
  let text = "";
  return async (signal) => {
    const { mtimeMs, size, ino } = await stat(path);
    const now = `${mtimeMs} ${size} ${ino}`;
    if (now !== last) {
      text = await readFile(path, { encoding: "utf8", signal });
      last = now;
    }
    return text;
  };
}
