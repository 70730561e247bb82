import type { Blocked } from "@scruple/project";
import { reportOf } from "@scruple/project/report";
import { Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import type { Loaded } from "../project/load-program.ts";
import type { TestFormat } from "../terminal/choices.ts";
import type { Console } from "../terminal/console.ts";
import { errorsJUnit } from "./report-junit.ts";
import { reportPretty } from "./report-pretty.ts";

export interface Prevented {
  readonly format: TestFormat;
  /** As the formats name it: `scruple test`. */
  readonly command: string;
  /** How it came out: `No test was run`. */
  readonly outcome: string;
  /** What the command writes as JSON where it finds nothing. */
  readonly nothing: object;
}

/** Writes the errors that keep a command from its work to standard output, in the format that was asked for. */
export function errorsFirst(
  { program, project }: Loaded,
  blocked: Blocked,
  { format, command, outcome, nothing }: Prevented,
  console: Console,
  io: Io,
): ExitCode {
  const report = reportOf(program, project.root, new Set(), (one) => blocked.diagnostics.has(one));
  const why = [`${outcome}: the errors come first.`, blocked.note].join(" ").trim();
  if (format === "json") {
    console.print(`${JSON.stringify({ ...nothing, diagnostics: report.diagnostics }, null, 2)}\n`);
  } else if (format === "junit") console.print(errorsJUnit(command, report, why));
  else console.print(reportPretty(report, { paint: console.paint, cwd: io.cwd }));
  console.note(why);
  return Exit.policy;
}
