import { type TrailReport, verifyTrail } from "@scruple/audit";
import { type Paint, printableLine } from "@scruple/project/report";
import { publicKey as publicKeyOf } from "@scruple/reload";
import type { AuditVerifyOptions } from "../audit/audit-commands.ts";
import { reading } from "../audit/reading.ts";
import { Progress } from "../decide/progress.ts";
import { Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { plural } from "../report/summary.ts";
import type { Console } from "../terminal/console.ts";
import { readKey } from "./read-given.ts";

/** `scruple audit verify`: whether a trail is as it was written. */
export async function auditVerify(
  trail: string,
  { format, head, publicKey }: AuditVerifyOptions,
  console: Console,
  io: Io,
): Promise<ExitCode> {
  const progress = new Progress(console, "entry");
  const options = {
    ...(head !== null && { head }),
    ...(publicKey !== null && { publicKey: readKey(publicKey, publicKeyOf, io) }),
    onProgress: (entries: number) => progress.show(entries),
  };
  const report = await reading(trail, io, (path) => verifyTrail(path, options));
  progress.clear();
  const isWhole = report.breaches.length === 0;
  if (format === "json") console.print(`${JSON.stringify({ whole: isWhole, ...report })}\n`);
  else {
    console.print(pretty(report, console.paint));
    console.note(isWhole ? wholeWords(report) : `not as it was written: ${plural(report.breaches.length, "finding")}`);
    if (isWhole && head === null && publicKey === null) {
      console.note("That nobody wrote all of it anew, only a receipt from elsewhere can show: `--head`, next time.");
    }
  }
  return isWhole ? Exit.ok : Exit.policy;
}

function pretty({ breaches, notes, last, after }: TrailReport, paint: Paint): string {
  const lines = breaches.map(({ file, line, message }) => {
    const place = line === null ? file : `${file}:${line}`;
    return `${paint("red", "✗")} ${paint("bold", printableLine(place))}  ${message}`;
  });
  for (const note of notes) lines.push(`${paint("dim", "·")} ${printableLine(note)}`);
  if (after.index >= 0) lines.push(`${paint("dim", "·")} What is there begins after entry ${after.index}.`);
  if (breaches.length === 0 && last.index >= 0) lines.push(`${paint("green", "✓")} ${last.index}:${last.hash}`);
  return lines.map((line) => `${line}\n`).join("");
}

function wholeWords({ entries, files, since, until }: TrailReport): string {
  const span = since === null ? "" : `, from ${since} to ${until}`;
  return printableLine(`${plural(entries, "entry")} in ${plural(files, "file")}${span}: as they were written`);
}
