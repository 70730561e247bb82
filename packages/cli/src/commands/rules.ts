import { nearest } from "@scruple/model";
import type { Style } from "@scruple/project/report";
import { CallError, Exit, type ExitCode } from "../exit.ts";
import type { Console } from "../terminal/console.ts";
import { renderMarkdown } from "../terminal/render-markdown.ts";

const colours: Readonly<Record<string, Style>> = { error: "red", warning: "yellow", info: "blue", hint: "cyan" };

/** `scruple rules`: every diagnostic on a line, or the documentation of one. */
export async function rules(which: string | null, console: Console): Promise<ExitCode> {
  const { catalogue } = await import("@scruple/compiler");
  const entries = [...catalogue.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  const { paint } = console;
  if (which === null) {
    const widest = Math.max(...entries.map(({ name }) => name.length));
    for (const { code, name, severity, summary } of entries) {
      console.print(
        `${paint("bold", code)} ${paint(colours[severity] ?? "white", severity.padEnd(7))} ${name.padEnd(widest)}  ${paint("dim", summary)}\n`,
      );
    }
    return Exit.ok;
  }
  const wanted = which.toLowerCase();
  const entry = entries.find(({ code, name }) => code.toLowerCase() === wanted || name === wanted);
  if (entry === undefined) {
    const known = entries.flatMap(({ code, name }) => [code, name]);
    throw new CallError(
      `There is no diagnostic \`${which}\`.${nearest(which, known)}`,
      "`scruple rules` lists all of them.",
    );
  }
  console.print(
    `${paint("bold", `${entry.code} ${entry.name}`)} ${paint(colours[entry.severity] ?? "white", entry.severity)}\n`,
  );
  console.print(`${entry.summary}\n\n${renderMarkdown(entry.docs, paint)}\n`);
  return Exit.ok;
}
