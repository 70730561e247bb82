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

function toCase(diagnostic: Located): JUnitCase {
  const { line, column } = diagnostic.range.start;
  const detail = `${diagnostic.file}:${line}:${column} ${diagnostic.severity} ${diagnostic.code} ${diagnostic.name}\n${diagnostic.message}`;
  const name = `${diagnostic.code} ${diagnostic.name} (${line}:${column})`;
  return diagnostic.severity === "error"
    ? {
        name,
        className: diagnostic.file,
        failure: { message: diagnostic.message, type: diagnostic.name, detail },
        output: null,
      }
    : { name, className: diagnostic.file, failure: null, output: detail };
}
