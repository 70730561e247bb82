import { randomBytes } from "node:crypto";
import { lstatSync, readdirSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Milliseconds after which nobody is still about to rename one: all are written in one go. */
const longest = 10 * 60_000;

/** A path beside a target, for its content until that is whole. */
export function temporaryFor(target: string): string {
  return join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
}

/** Removes what earlier runs that were cut off have left beside some targets; not what another may be writing right now. */
export function removeLeftovers(targets: readonly string[]): void {
  const known = new Set(targets);
  for (const folder of new Set(targets.map((target) => dirname(target)))) {
    for (const name of namesIn(folder)) {
      const target = /^\.(.+)\.[0-9a-f]{12}\.tmp$/.exec(name)?.[1];
      if (target !== undefined && known.has(join(folder, target))) removeIfOld(join(folder, name));
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Files can be written where nobody may look.
    return [];
  }
}

function removeIfOld(path: string): void {
  try {
    if (Date.now() - lstatSync(path).mtimeMs > longest) rmSync(path);
  } catch {
    // Gone by now, or to stay.
  }
}
