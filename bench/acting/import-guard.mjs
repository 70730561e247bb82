import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Writes an emitted guard to a file, and imports it as an application does. */
export async function importGuard({ fileName, code }) {
  const folder = join(import.meta.dirname, "../results/guards/acting");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, fileName);
  writeFileSync(path, code);
  return import(pathToFileURL(path).href);
}
