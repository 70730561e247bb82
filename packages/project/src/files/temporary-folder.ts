import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

/**
 * An empty folder for as long as this process runs, which removes it itself; and removes those of the same purpose that processes
 * have left which were killed. A container may share the folder for temporary files and number its processes anew, but the machine
 * has another name in it.
 *
 * @param purpose a word
 */
export function temporaryFolder(purpose: string): string {
  const stem = `scruple-${purpose}-`;
  const end = `@${hostname().replace(/[^\w.-]/g, "_")}-`;
  removeWhere((name) => {
    const pid = /^[1-9]\d*(?=@)/.exec(name.slice(stem.length))?.[0];
    return pid !== undefined && name.startsWith(stem + pid + end) && !runs(Number(pid));
  });
  return mkdtempSync(join(tmpdir(), `${stem}${process.pid}${end}`));
}

function removeWhere(isLeft: (name: string) => boolean): void {
  try {
    for (const name of readdirSync(tmpdir()).filter(isLeft)) remove(join(tmpdir(), name));
  } catch {
    // Folders can be made where nobody may look.
  }
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Somebody else's.
  }
}
