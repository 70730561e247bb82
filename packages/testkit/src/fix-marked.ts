import { type CompileOptions, compile } from "@scruple/compiler";
import type { TextEdit } from "@scruple/syntax";
import { readMarked, withoutMarks } from "./marked.ts";

/**
 * Marked-up source without its marks, after the first fix of each diagnostic. A fix that touches what an earlier one
 * changes is left out, as an editor would.
 */
export function fixMarked(source: string, options: CompileOptions = {}): string {
  const { files, options: own } = readMarked(withoutMarks(source));
  const { diagnostics } = compile(files, { ...options, ...own });
  const accepted: Required<TextEdit>[] = [];
  for (const { file, fixes } of diagnostics) {
    const edits = (fixes[0]?.edits ?? []).map((edit) => ({ file, ...edit }));
    if (!edits.some((edit) => accepted.some((other) => overlap(edit, other)))) accepted.push(...edits);
  }
  const fixed = files.map(({ path, text }) => {
    const edits = accepted.filter(({ file }) => file === path).sort((a, b) => b.start - a.start || b.end - a.end);
    return {
      path,
      text: edits.reduce((old, edit) => old.slice(0, edit.start) + edit.text + old.slice(edit.end), text),
    };
  });
  const [only, ...others] = fixed;
  if (only?.path === "main.scruple" && others.length === 0) return only.text;
  return fixed.map(({ path, text }) => `//- ${path}\n${text.replace(/\n?$/, "\n")}`).join("");
}

function overlap(a: Required<TextEdit>, b: Required<TextEdit>): boolean {
  return a.file === b.file && (a.start === b.start || (a.start < b.end && b.start < a.end));
}
