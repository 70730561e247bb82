import { resolve } from "node:path";
import { pseudonym, readTrail } from "@scruple/audit";
import type { AuditShowOptions } from "../audit/audit-commands.ts";
import { EntryFilter } from "../audit/entry-filter.ts";
import { entryWords } from "../audit/entry-words.ts";
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
  const progress = new Progress(console, "entry");
  let [entries, shown, unreadable] = [0, 0, 0];
  for await (const batch of readTrail(resolve(io.cwd, trail))) {
    let output = "";
    for (const one of batch) {
      entries += 1;
      if (!("entry" in one)) unreadable += 1;
      else if (picker.picks(one)) {
        shown += 1;
        output += format === "json" ? `${JSON.stringify(one)}\n` : entryWords(one, console.paint);
      }
    }
    await console.printSlowly(output);
    if (console.closed || io.signal?.aborted) break;
    progress.show(entries);
  }
  progress.clear();
  if (format === "pretty" || unreadable > 0)
    console.note(`${shown.toLocaleString("en")} of ${plural(entries, "entry")}`);
  if (shown === 0) for (const text of picker.unknownNames()) console.note(text);
  if (unreadable === 0) return Exit.ok;
  console.noteError(`${plural(unreadable, "line")} cannot be read. \`scruple audit verify ${trail}\` says where.`);
  return Exit.policy;
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
