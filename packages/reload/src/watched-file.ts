import { readFile, stat } from "node:fs/promises";

/** Reads a file; again only where it looks as if it had changed. */
export function watchedFile(path: string | URL): () => Promise<string> {
  let last = "";
  let text = "";
  return async () => {
    const { mtimeMs, size, ino } = await stat(path);
    const now = `${mtimeMs} ${size} ${ino}`;
    if (now !== last) {
      text = await readFile(path, "utf8");
      last = now;
    }
    return text;
  };
}
