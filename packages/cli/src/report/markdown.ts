import { printableLine } from "@scruple/project/report";

/*
 * Markdown of texts that others wrote, names of files and rules among them: none of it becomes a link, a picture, HTML or a mention
 * of anybody.
 */

/** A span of code, whatever it holds. */
export function codeSpan(text: string): string {
  const shown = printableLine(text);
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = /^`|`$|^$/.test(shown) ? " " : "";
  return `${fence}${space}${shown}${space}${fence}`;
}

/** A sentence of ours in which names stand between backticks: those become code, and the rest stands for itself. */
export function prose(text: string): string {
  return text
    .split(/`([^`]*)`/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : escaped(printableLine(part))))
    .join("");
}

function escaped(text: string): string {
  // An escaped `@` would mention somebody all the same.
  return text.replace(/[\\`*_<>[\]#|~&!]/g, "\\$&").replaceAll("@", "@\u200b");
}

/** A row of a table. In it, `|` is escaped within code as well. */
export function tableRow(cells: readonly string[]): string {
  // Two backslashes may be read as an escaped one, so that the bar behind them would end the cell.
  const cell = (text: string) =>
    text.replace(/(\\*)\|/g, (_all, run: string) => `${run}${run.length % 2 === 1 ? "\\" : ""}\\|`);
  return `| ${cells.map(cell).join(" | ")} |`;
}
