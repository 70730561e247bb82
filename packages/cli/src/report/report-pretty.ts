import { join, relative, sep } from "node:path";
import type { Located, Paint, Report, Style } from "@scruple/project/report";
import { codeFrame, ownFrame, printable, printableLine } from "@scruple/project/report";
import type { Severity } from "@scruple/syntax";

const colours: Readonly<Record<Severity, Style>> = { error: "red", warning: "yellow", info: "blue", hint: "cyan" };

export interface PrettyOptions {
  readonly paint: Paint;
  /** Absolute; files are shown relative to it, so that a terminal can open them. */
  readonly cwd: string;
}

/** For people: what was found, the line that it stands on, the other half of the story, and what would settle it. */
export function reportPretty(report: Report, options: PrettyOptions): string {
  return report.diagnostics.map((diagnostic) => `${pretty(diagnostic, report, options)}\n\n`).join("");
}

function pretty(diagnostic: Located, report: Report, { paint, cwd }: PrettyOptions): string {
  const colour = colours[diagnostic.severity];
  const show = (file: string) => printableLine(shownPath(report.root, file, cwd));
  const { line, column } = diagnostic.range.start;
  const head = `${paint("bold", `${show(diagnostic.file)}:${line}:${column}`)} ${paint(colour, `${diagnostic.severity} ${diagnostic.code}`)} ${paint("dim", diagnostic.name)}`;
  const lines = [head, printable(diagnostic.message), ...ownFrame(diagnostic, report.linesOf, paint, colour)];
  for (const other of diagnostic.related.filter(({ file }) => file !== diagnostic.file)) {
    const place = `${show(other.file)}:${other.range.start.line}:${other.range.start.column}`;
    lines.push(`  ${place} ${printable(other.message)}`);
    const text = report.linesOf(other.file);
    if (text !== null) lines.push(...codeFrame(text, [{ range: other.range, label: "", mark: "-" }], paint, paint));
  }
  const fixes = diagnostic.fixes.map(({ title }) => `  ${paint("green", "fix")}   ${printable(title)}`);
  const more = `  ${paint("dim", `more  scruple rules ${diagnostic.code}`)}`;
  return [...lines, ...fixes, more].join("\n");
}

/** A project's file as seen from a folder. */
export function shownPath(root: string, file: string, cwd: string): string {
  return relative(cwd, join(root, file)).split(sep).join("/") || file;
}
