import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Writes an emitted guard to a file, and imports it as an application does. @param variant Tells guards of one policy's name apart */
export async function importGuard({ fileName, code }, variant = "") {
  const folder = join(import.meta.dirname, "../results/guards/acting", String(variant));
  mkdirSync(folder, { recursive: true });
  const path = join(folder, fileName);
  writeFileSync(path, code);
  return import(pathToFileURL(path).href);
}
