import type { Report } from "@scruple/project/report";

/** The diagnostics as one JSON array. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report.diagnostics, null, 2)}\n`;
}
