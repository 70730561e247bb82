import { type TrailReport, verifyTrail } from "@scruple/audit";
import { publicKey as publicKeyOf } from "@scruple/reload";
import type { AuditVerifyOptions } from "../audit/audit-commands.ts";
import { reading } from "../audit/reading.ts";
import { Progress } from "../decide/progress.ts";
import { Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { plural } from "../report/summary.ts";
import type { Console } from "../terminal/console.ts";
import { type Line, line, styled } from "../terminal/line.ts";
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
    console.printLines(pretty(report));
    console.note(isWhole ? wholeWords(report) : `not as it was written: ${plural(report.breaches.length, "finding")}`);
    if (isWhole && head === null && publicKey === null) {
      console.note("That nobody wrote all of it anew, only a receipt from elsewhere can show: `--head`, next time.");
    }
  }
  return isWhole ? Exit.ok : Exit.policy;
}

function pretty({ breaches, notes, last, after }: TrailReport): readonly Line[] {
  const lines = breaches.map(({ file, line: at, message }) => {
    const place = at === null ? file : `${file}:${at}`;
    return line`${styled("red", "✗")} ${styled("bold", place)}  ${message}`;
  });
  for (const note of notes) lines.push(line`${styled("dim", "·")} ${note}`);
  if (after.index >= 0) lines.push(line`${styled("dim", "·")} What is there begins after entry ${after.index}.`);
  if (breaches.length === 0 && last.index >= 0) lines.push(line`${styled("green", "✓")} ${last.index}:${last.hash}`);
  return lines;
}

function wholeWords({ entries, files, since, until }: TrailReport): string {
  const span = since === null ? "" : `, from ${since} to ${until}`;
  return `${plural(entries, "entry")} in ${plural(files, "file")}${span}: as they were written`;
}
