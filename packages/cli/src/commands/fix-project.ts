import { join } from "node:path";
import { type Diagnostic, editedFiles, type PolicyFile, type Program } from "@scruple/compiler";
import { compileProject, writeFiles } from "@scruple/project";
import { overlap, type TextEdit } from "@scruple/syntax";
import type { Io } from "../io.ts";
import type { Loaded } from "../project/load-program.ts";
import { plural } from "../report/summary.ts";
import type { Console } from "../terminal/console.ts";

/** Fixes may make way for further ones; after so many rounds they are going in circles. */
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
  for (let round = 0; round < mostRounds; round++) {
    const { edits, count } = collectEdits(program.diagnostics, chosen);
    if (count === 0) break;
    const files = editedFiles(program, edits);
    for (const { path, text } of files) if (edits.has(path)) changed.set(path, text as string);
    const state = JSON.stringify([...changed]);
    if (seen.has(state)) break;
    seen.add(state);
    applied += count;
    program = await compileProject(project, files, { today: io.today, previous: program });
  }
  const written = writeFiles(
    [...changed].map(([path, text]) => ({
      path: join(project.root, path),
      content: startsWithMark(loaded.files, path) ? `\ufeff${text}` : text,
    })),
    (path) => path,
  );
  if (applied > 0)
    console.note(`${plural(applied, "fix").replace(/fixs$/, "fixes")} applied in ${plural(written.length, "file")}`);
  return program;
}

/** The edits of the first fixes, in order, that do not get in each other's way. A fix is applied whole or not at all. */
function collectEdits(
  diagnostics: readonly Diagnostic[],
  chosen: ReadonlySet<string>,
): { edits: ReadonlyMap<string, readonly TextEdit[]>; count: number } {
  const edits = new Map<string, TextEdit[]>();
  let count = 0;
  for (const { file, fixes } of diagnostics) {
    const [fix, ...others] = fixes;
    if (fix === undefined || others.length > 0) continue;
    const placed = fix.edits.map((edit) => ({ file: edit.file ?? file, edit }));
    const fits = placed.every(
      (one) => chosen.has(one.file) && !edits.get(one.file)?.some((taken) => overlap(taken, one.edit)),
    );
    if (!fits || placed.length === 0) continue;
    count += 1;
    for (const one of placed) {
      const own = edits.get(one.file) ?? [];
      own.push(one.edit);
      edits.set(one.file, own);
    }
  }
  return { edits, count };
}

function startsWithMark(files: readonly PolicyFile[], path: string): boolean {
  const text = files.find((file) => file.path === path)?.text;
  return text instanceof Uint8Array && text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf;
}
