import { readFileSync } from "node:fs";
import { describeFileError, type FileToWrite } from "@scruple/project";
import { Exit, type ExitCode } from "../exit.ts";
import { plural } from "../report/summary.ts";
import type { Console } from "../terminal/console.ts";
import { line, styled } from "../terminal/line.ts";
import type { StaleOutput } from "./stale-outputs.ts";

/** `scruple build --check`: whether the files on disk are those that a build would leave. */
export function compareOutputs(
  files: readonly FileToWrite[],
  stale: readonly StaleOutput[],
  show: (path: string) => string,
  console: Console,
): ExitCode {
  const differing = files.flatMap(({ path, content }) => {
    try {
      return readFileSync(path, "utf8") === content ? [] : [`${show(path)} differs`];
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
      return [`${show(path)} ${missing ? "is missing" : `could not be read: ${describeFileError(error)}`}`];
    }
  });
  const all = [...differing, ...stale.map(({ path, why }) => `${show(path)} is to be removed: ${why}`)];
  console.printLines(all);
  if (all.length === 0) {
    console.note(line`${styled("green", "✓")} ${plural(files.length, "built file")} up to date`);
    return Exit.ok;
  }
  console.note("The built files are not those of the policies; run `scruple build`.");
  return Exit.policy;
}
