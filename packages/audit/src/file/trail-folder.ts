import { mkdir, open, readdir, readFile, rename, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TrailError } from "./trail-error.ts";

/** What lies in a trail's folder, beside its lock and what was set aside. */
export const headName = "head.json";
export const checkpointName = "checkpoint.json";

const trailFile = /^\d{16}\.jsonl$/;

/** The name of the file whose first entry has an index. Names sort as indices do. */
export function fileName(firstIndex: number): string {
  return `${String(firstIndex).padStart(16, "0")}.jsonl`;
}

/** The names of a trail's files, from the oldest. */
export async function trailFiles(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => trailFile.test(name)).sort();
}

/** @throws TrailError where a folder holds nothing of a trail */
export async function expectTrail(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.some((name) => trailFile.test(name) || name === headName || name === checkpointName)) return;
  throw new TrailError(`\`${folder}\` holds no audit trail.`);
}

/** Whether something else than a file has a name, such as a folder: nothing that was written is to be read there. */
export async function isNoFile(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  return stats !== null && !stats.isFile();
}

/** The text of a file; null where there is none. */
export async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Writes a file so that after a crash it is there whole, or as it was before. */
export async function writeWhole(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  await rename(await writeAside(folder, name, content), join(folder, name));
  await syncFolder(folder);
}

/** Writes a file that has yet to get its name. @returns its path until then */
export async function writeAside(folder: string, name: string, content: string | Uint8Array): Promise<string> {
  const fresh = join(folder, `${name}.new`);
  const file = await open(fresh, "w");
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  return fresh;
}

/** Makes a folder, and those above it, so that they outlive a crash. @param folder absolute */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

/** Makes names in a folder outlive a crash. Windows has no such thing, and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
