import type { Located, Report } from "@scruple/project/report";
import { type JUnitCase, junitDocument } from "./junit-document.ts";

/** A suite for each file: errors are failures, everything milder passes and says so beside the case. */
export function reportJUnit(report: Report): string {
  const suites = report.files.map((file) => {
    const found = report.diagnostics.filter((diagnostic) => diagnostic.file === file);
    const clean: JUnitCase = { name: "check", className: file, failure: null, output: null };
    return { name: file, cases: found.length === 0 ? [clean] : found.map(toCase) };
  });
  return junitDocument("scruple check", suites);
}

/**
 * The errors that kept a command from its work, as errors of its report.
 *
 * @param name of the command
 * @param why in a sentence; all that there is to show where the project hides the errors
 */
export function errorsJUnit(name: string, { diagnostics }: Report, why: string): string {
  const hidden: JUnitCase = {
    ...{ name, className: name, output: null },
    failure: { message: why, type: "errors", detail: why, isError: true },
  };
  const cases = diagnostics.map((diagnostic): JUnitCase => {
    const { message, name: type } = diagnostic;
    return {
      ...named(diagnostic),
      failure: { message, type, detail: detailOf(diagnostic), isError: true },
      output: null,
    };
  });
  const all = cases.length === 0 ? [hidden] : cases;
  const suites = [...new Set(all.map(({ className }) => className))];
  return junitDocument(
    name,
    suites.map((suite) => ({ name: suite, cases: all.filter(({ className }) => className === suite) })),
  );
}

function toCase(diagnostic: Located): JUnitCase {
  const { message, severity, name: type } = diagnostic;
  const detail = detailOf(diagnostic);
  return severity === "error"
    ? { ...named(diagnostic), failure: { message, type, detail }, output: null }
    : { ...named(diagnostic), failure: null, output: detail };
}

function named({ code, name, file, range: { start } }: Located): Pick<JUnitCase, "name" | "className"> {
  return { name: `${code} ${name} (${start.line}:${start.column})`, className: file };
}

function detailOf({ file, severity, code, name, message, range: { start } }: Located): string {
  return `${file}:${start.line}:${start.column} ${severity} ${code} ${name}\n${message}`;
}
