import { isAbsolute, join, relative, sep } from "node:path";
import type { Located, Report } from "@scruple/project/report";
import type { Io } from "../io.ts";

const commands = { error: "error", warning: "warning", info: "notice", hint: "notice" } as const;

/** GitHub's workflow commands, one a line: they show as annotations on a pull request. */
export function reportGitHub(report: Report, env: Io["env"]): string {
  return report.diagnostics.map((diagnostic) => `${command(diagnostic, report.root, env)}\n`).join("");
}

function command(diagnostic: Located, root: string, env: Io["env"]): string {
  const { start, end } = diagnostic.range;
  // GitHub reads columns only where an annotation stays on its line.
  const columns: [string, number][] =
    start.line === end.line
      ? [
          ["col", start.column],
          ["endColumn", end.column],
        ]
      : [];
  const properties = [
    ["file", fileInRepository(diagnostic.file, root, env)],
    ["line", start.line],
    ["endLine", end.line],
    ...columns,
    ["title", `${diagnostic.code} ${diagnostic.name}`],
  ].map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${commands[diagnostic.severity]} ${properties.join(",")}::${escapeData(diagnostic.message)}`;
}

/** GitHub takes paths from the top of the checkout, which the project may lie below. */
function fileInRepository(file: string, root: string, env: Io["env"]): string {
  if (!env.GITHUB_WORKSPACE) return file;
  const path = relative(env.GITHUB_WORKSPACE, join(root, file));
  return path.startsWith("..") || isAbsolute(path) ? file : path.split(sep).join("/");
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
