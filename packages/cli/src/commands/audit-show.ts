import { pseudonym, type Recorded, readTrail } from "@scruple/audit";
import type { AuditShowOptions } from "../audit/audit-commands.ts";
import { EntryFilter } from "../audit/entry-filter.ts";
import { entryWords } from "../audit/entry-words.ts";
import { reading } from "../audit/reading.ts";
import { Progress } from "../decide/progress.ts";
import { CallError, Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { plural } from "../report/summary.ts";
import type { Console } from "../terminal/console.ts";
import { readBytes } from "./read-given.ts";

/** `scruple audit show`: the entries of a trail, for people or as JSON Lines; any number of them in constant memory. */
export async function auditShow(
  trail: string,
  { format, subject, keyFiles, ...filter }: AuditShowOptions,
  console: Console,
  io: Io,
): Promise<ExitCode> {
  const picker = new EntryFilter(filter, subject === null ? null : standIns(subject, keyFiles, io));
  const words = (one: Recorded) => (format === "json" ? `${JSON.stringify(one)}\n` : entryWords(one, console.paint));
  const { entries, shown, unreadable } = await reading(trail, io, (path) => showAll(path, picker, words, console, io));
  if (format === "pretty" || unreadable > 0) {
    console.note(`${shown.toLocaleString("en")} of ${plural(entries, "entry")}`);
  }
  if (shown === 0) for (const text of picker.unknownNames()) console.note(text);
  if (unreadable === 0) return Exit.ok;
  console.noteError(`${plural(unreadable, "line")} cannot be read. \`scruple audit verify ${trail}\` says where.`);
  return Exit.policy;
}

async function showAll(
  path: string,
  picker: EntryFilter,
  words: (one: Recorded) => string,
  console: Console,
  io: Io,
): Promise<{ entries: number; shown: number; unreadable: number }> {
  const progress = new Progress(console, "entry");
  const tally = { entries: 0, shown: 0, unreadable: 0 };
  for await (const batch of readTrail(path)) {
    let output = "";
    for (const one of batch) {
      tally.entries += 1;
      if (!("entry" in one)) tally.unreadable += 1;
      else if (picker.picks(one)) {
        tally.shown += 1;
        output += words(one);
      }
    }
    await console.printSlowly(output);
    if (console.closed || io.signal?.aborted) break;
    progress.show(tally.entries);
  }
  progress.clear();
  return tally;
}

/** What stands for a person under each key. */
function standIns(subject: string, keyFiles: readonly string[], io: Io): string[] {
  if (keyFiles.length === 0) {
    throw new CallError(
      "A trail names nobody, so `--subject` needs the key that it was written with.",
      "Name its file with `--key-file`.",
    );
  }
  return keyFiles.map((path) => {
    try {
      return pseudonym(readBytes(path, io))(subject);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new CallError(`\`${path}\` holds no key. ${error.message}`);
    }
  });
}
