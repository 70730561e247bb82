import { isDeepStrictEqual } from "node:util";
import { printDuty, TooLargeError } from "@scruple/analysis";
import { type Comparison, compareSides } from "../diff/compare-sides.ts";
import { diffJson } from "../diff/diff-json.ts";
import { diffMarkdown } from "../diff/diff-markdown.ts";
import { diffPretty } from "../diff/diff-pretty.ts";
import { type DutyText, headline } from "../diff/diff-words.ts";
import { readSide } from "../diff/read-side.ts";
import { CallError, Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import type { DiffFormat, Failure } from "../terminal/choices.ts";
import type { Console } from "../terminal/console.ts";

export interface DiffOptions {
  readonly format: DiffFormat;
  readonly failOn: Failure | null;
  readonly policy: string | null;
}

/** `scruple diff`: which requests two revisions of a policy decide otherwise. */
export async function diff(
  base: string,
  head: string,
  { format, failOn, policy }: DiffOptions,
  console: Console,
  io: Io,
): Promise<ExitCode> {
  const before = await readSide(base, console, io);
  const after = before && (await readSide(head, console, io));
  if (before === null || after === null) return Exit.policy;
  if (isDeepStrictEqual(new Set(before.files), new Set(after.files))) {
    throw new CallError(
      `\`${base}\` and \`${head}\` are the same files: there is nothing to compare.`,
      "Name a revision, a built model or a folder that holds what it was before.",
    );
  }
  let comparison: Comparison;
  try {
    comparison = compareSides(before.models, after.models, policy);
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    console.noteError(error.message);
    return Exit.policy;
  }
  const duty: DutyText = (call) => printDuty([...after.models.values(), ...before.models.values()], call);
  if (format === "json") console.print(diffJson(comparison));
  else if (format === "markdown") console.print(diffMarkdown(comparison, duty));
  else console.printLines(diffPretty(comparison, duty));
  if (format === "pretty") console.note(headline(comparison));
  return failOn !== null && isFailing(comparison, failOn) ? Exit.policy : Exit.ok;
}

/** What could not be compared may be any change, and so is what is bound otherwise in no certain direction. */
function isFailing(comparison: Comparison, failOn: Failure): boolean {
  const { notes, duties, equal } = comparison;
  if (notes.length > 0) return true;
  if (failOn === "changed") return !equal;
  const opposite = failOn === "widened" ? "tighter" : "looser";
  return comparison[failOn].length > 0 || duties.some(({ bound }) => bound !== opposite);
}
