import { join, relative, sep } from "node:path";
import type { Located, Paint, Report, Span, Style } from "@scruple/project/report";
import { codeFrame, ownFrame } from "@scruple/project/report";
import type { Severity } from "@scruple/syntax";
import { line, showLine, styled } from "../terminal/line.ts";

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
  const show = (file: string) => shownPath(report.root, file, cwd);
  const place = (file: string, { line, column }: Span["start"]) => `${show(file)}:${line}:${column}`;
  const own = place(diagnostic.file, diagnostic.range.start);
  const head = line`${styled("bold", own)} ${styled(colour, `${diagnostic.severity} ${diagnostic.code}`)} ${styled("dim", diagnostic.name)}`;
  const lines = [
    showLine(head, paint),
    showLine(diagnostic.message, paint),
    ...ownFrame(diagnostic, report.linesOf, paint, colour),
  ];
  for (const other of diagnostic.related.filter(({ file }) => file !== diagnostic.file)) {
    lines.push(showLine(`  ${place(other.file, other.range.start)} ${other.message}`, paint));
    const text = report.linesOf(other.file);
    if (text !== null) lines.push(...codeFrame(text, [{ range: other.range, label: "", mark: "-" }], paint, paint));
  }
  const fixes = diagnostic.fixes.map(({ title }) => showLine(line`  ${styled("green", "fix")}   ${title}`, paint));
  const more = `  ${paint("dim", `more  scruple rules ${diagnostic.code}`)}`;
  return [...lines, ...fixes, more].join("\n");
}

/** A project's file as seen from a folder. */
export function shownPath(root: string, file: string, cwd: string): string {
  return relative(cwd, join(root, file)).split(sep).join("/") || file;
}
