import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Mounts a file system of some megabytes on a folder. @returns whether that is permitted */
export function mountSmallDisk(folder: string, megabytes: number): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "scruple", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Takes it away, although a file on it may be open until nobody remembers it. */
export function unmount(folder: string): void {
  execFileSync("umount", ["--lazy", folder], { stdio: "ignore" });
}

/** Whether disks can be made small here; if not, says what is left out for it. */
export function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), "scruple-disk-"));
  const isMounted = mountSmallDisk(folder, 1);
  if (isMounted) unmount(folder);
  else console.warn("Left out: servers whose disk is full, for nothing may be mounted here.");
  rmSync(folder, { recursive: true });
  return isMounted;
}

/** Takes all that is left of a disk. @returns what gives it back */
export function fill(folder: string): () => void {
  const ballast = join(folder, "ballast");
  const file = openSync(ballast, "w");
  for (let chunk = 1 << 20; chunk >= 1; ) {
    try {
      if (writeSync(file, Buffer.alloc(chunk)) < chunk) chunk >>= 1;
    } catch {
      chunk >>= 1;
    }
  }
  closeSync(file);
  return () => rmSync(ballast);
}
