import { realpathSync } from "node:fs";

/** Where links lead in the end; the path itself where that cannot be told. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
