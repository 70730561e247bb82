import { join } from "node:path";
import { type Diagnostic, editedFiles, type PolicyFile, type Program } from "@scruple/compiler";
import { compileProject, writeFiles } from "@scruple/project";
import { type Fix, fixesTogether } from "@scruple/syntax";
import type { Io } from "../io.ts";
import type { Loaded } from "../project/load-program.ts";
import { plural } from "../report/summary.ts";
import type { Console } from "../terminal/console.ts";

/** Fixes may make way for further ones; after so many rounds, and one for the `use` of each file, they are going in circles. */
const mostRounds = 20;

/**
 * Applies the fixes of the chosen files until nothing is left to fix, then writes what changed, all of it or nothing.
 * A diagnostic with several fixes leaves the choice to people.
 *
 * @returns the program of the fixed texts
 */
export async function fixProject(loaded: Loaded, console: Console, io: Io): Promise<Program> {
  const { project, chosen } = loaded;
  let { program } = loaded;
  const changed = new Map<string, string>();
  let applied = 0;
  const seen = new Set<string>();
  for (let round = 0; round < mostRounds + chosen.size; round++) {
    const fixes = collectFixes(program.diagnostics, chosen);
    if (fixes.size === 0) break;
    const edits = new Map([...fixes].map(([file, own]) => [file, own.flatMap((fix) => fix.edits)]));
    const files = editedFiles(program, edits);
    for (const { path, text } of files) if (edits.has(path)) changed.set(path, text as string);
    const state = JSON.stringify([...changed]);
    if (seen.has(state)) break;
    seen.add(state);
    for (const own of fixes.values()) applied += own.length;
    program = await compileProject(project, files, { today: io.today, previous: program });
  }
  const written = writeFiles(
    [...changed].map(([path, text]) => ({
      path: join(project.root, path),
      content: startsWithMark(loaded.files, path) ? `\ufeff${text}` : text,
    })),
    (path) => path,
  );
  if (applied > 0) console.note(`${plural(applied, "fix")} applied in ${plural(written.length, "file")}`);
  return program;
}

/** By file, the fixes that leave no choice, as far as they do not get in each other's way: those that add a `use` in one file alone. */
export function collectFixes(
  diagnostics: readonly Diagnostic[],
  chosen: ReadonlySet<string>,
): ReadonlyMap<string, readonly Fix[]> {
  const byFile = new Map<string, Fix[]>();
  for (const { file, fixes } of diagnostics) {
    if (fixes.length !== 1 || !chosen.has(file)) continue;
    const own = byFile.get(file);
    if (own) own.push(...fixes);
    else byFile.set(file, [...fixes]);
  }
  // What one policy may use depends on what others do: all at once, each might come to use the other.
  const [using] = [...byFile].find(([, fixes]) => fixes.some(addsUse)) ?? [];
  return new Map(
    [...byFile]
      .map(([file, fixes]) => [file, file === using ? fixes : fixes.filter((fix) => !addsUse(fix))] as const)
      .map(([file, fixes]) => [file, fixesTogether(fixes)] as const)
      .filter(([, fixes]) => fixes.length > 0),
  );
}

/** Whether a fix adds a `use` of a policy that may come to use the file's own: one of std never does. */
function addsUse({ edits }: Fix): boolean {
  return edits.some(({ text }) => /^\s*use\s(?!std\.)/.test(text));
}

function startsWithMark(files: readonly PolicyFile[], path: string): boolean {
  const text = files.find((file) => file.path === path)?.text;
  return text instanceof Uint8Array && text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf;
}
