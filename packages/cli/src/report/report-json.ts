import type { Report } from "./located.ts";

/** The diagnostics as one JSON array. */
export function reportJson(report: Report): string {
  return `${JSON.stringify(report.diagnostics, null, 2)}\n`;
}
