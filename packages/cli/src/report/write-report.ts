import type { Report } from "@scruple/project/report";
import type { Io } from "../io.ts";
import type { ReportFormat } from "../terminal/choices.ts";
import type { Console } from "../terminal/console.ts";
import { version } from "../version.ts";
import { reportGitHub } from "./report-github.ts";
import { reportJson } from "./report-json.ts";
import { reportJUnit } from "./report-junit.ts";
import { reportPretty } from "./report-pretty.ts";
import { reportSarif } from "./report-sarif.ts";

/** Writes a report to standard output in one of the formats. */
export async function writeReport(report: Report, format: ReportFormat, console: Console, io: Io): Promise<void> {
  switch (format) {
    case "pretty":
      return console.print(reportPretty(report, { paint: console.paint, cwd: io.cwd }));
    case "json":
      return console.print(reportJson(report));
    case "github":
      return console.print(reportGitHub(report, io.env));
    case "junit":
      return console.print(reportJUnit(report));
    case "sarif": {
      const { catalogue } = await import("@scruple/compiler");
      return console.print(reportSarif(report, { version, kindOf: (code) => catalogue.get(code) }));
    }
  }
}
