import type { Paint } from "@scruple/project/report";

/** The little Markdown that diagnostics' documentation uses, for a terminal: headings, fenced code, the rest as it is. */
export function renderMarkdown(text: string, paint: Paint): string {
  let inCode = false;
  const lines: string[] = [];
  for (const line of text.trim().split("\n")) {
    if (line.startsWith("```")) inCode = !inCode;
    else if (inCode) lines.push(line === "" ? "" : `    ${paint("cyan", line)}`);
    else if (/^#+ /.test(line)) lines.push(paint("bold", line.replace(/^#+ /, "")));
    else lines.push(line.replace(/\*\*(.+?)\*\*/g, (_all, strong: string) => paint("bold", strong)));
  }
  return lines.join("\n");
}
