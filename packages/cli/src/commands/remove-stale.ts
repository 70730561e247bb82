import { unlinkSync } from "node:fs";
import { describeFileError } from "@scruple/project";
import { CallError } from "../exit.ts";
import type { Console } from "../terminal/console.ts";
import type { StaleOutput } from "./stale-outputs.ts";

/**
 * Removes what an earlier build has left, and says so.
 *
 * @throws CallError where something stays, when all else is gone
 */
export function removeStale(stale: readonly StaleOutput[], show: (path: string) => string, console: Console): void {
  const left: string[] = [];
  for (const { path, why } of stale) {
    try {
      // `rmSync` tries a folder where a file is refused, and says why that failed.
      unlinkSync(path);
      console.note(`removed ${show(path)}: ${why}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") continue;
      left.push(`\`${show(path)}\` could not be removed: ${describeFileError(error)}.`);
    }
  }
  if (left.length === 0) return;
  throw new CallError(
    left.join("\n"),
    "The new files are written, and a build would not write these any more: an old guard goes on deciding until you remove it.",
  );
}
