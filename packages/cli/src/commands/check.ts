import type { Program } from "@scruple/compiler";
import { reportOf } from "@scruple/project/report";
import { Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { loadProgram } from "../project/load-program.ts";
import { plural, summarise } from "../report/summary.ts";
import { writeReport } from "../report/write-report.ts";
import type { ReportFormat } from "../terminal/choices.ts";
import type { Console } from "../terminal/console.ts";
import { fixProject } from "./fix-project.ts";
import { watch } from "./watch.ts";

export interface CheckOptions {
  readonly format: ReportFormat;
  readonly watch: boolean;
  readonly fix: boolean;
  /** More warnings than that fail the check; null for no bound. */
  readonly maxWarnings: number | null;
}

/** `scruple check`: every diagnostic of the chosen files. */
export async function check(
  paths: readonly string[],
  options: CheckOptions,
  console: Console,
  io: Io,
): Promise<ExitCode> {
  let previous: Program | undefined;
  const once = async (): Promise<ExitCode> => {
    const loaded = await loadProgram(io, paths, previous);
    previous = options.fix ? await fixProject(loaded, console, io) : loaded.program;
    const report = reportOf(previous, loaded.project.root, loaded.chosen);
    await writeReport(report, options.format, console, io);
    console.note(summarise(report.diagnostics, report.files.length));
    return verdict(report.diagnostics, options, console);
  };
  return options.watch ? watch(once, console, io) : once();
}

function verdict(
  diagnostics: readonly { readonly severity: string }[],
  { maxWarnings }: CheckOptions,
  console: Console,
): ExitCode {
  if (diagnostics.some(({ severity }) => severity === "error")) return Exit.policy;
  const warnings = diagnostics.filter(({ severity }) => severity === "warning").length;
  if (maxWarnings !== null && warnings > maxWarnings) {
    console.note(
      `${plural(warnings, "warning")} ${warnings === 1 ? "is" : "are"} more than the ${maxWarnings} that \`--max-warnings\` permits.`,
    );
    return Exit.policy;
  }
  return Exit.ok;
}
