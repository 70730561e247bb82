import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Where links lead in the end, also on the way to what is not there yet; as far as that can be told. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}
