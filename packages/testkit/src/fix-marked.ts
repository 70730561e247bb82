import { type CompileOptions, compile } from "@scruple/compiler";
import { applyEdits, fixesTogether } from "@scruple/syntax";
import { readMarked, withoutMarks } from "./marked.ts";

/**
 * Marked-up source without its marks, after the first fix of each diagnostic. A fix that touches what an earlier one
 * changes is left out, as an editor would.
 */
export function fixMarked(source: string, options: CompileOptions = {}): string {
  const { files, options: own } = readMarked(withoutMarks(source));
  const { diagnostics } = compile(files, { ...options, ...own });
  const fixed = files.map(({ path, text }) => {
    const first = diagnostics.filter(({ file }) => file === path).flatMap(({ fixes }) => fixes.slice(0, 1));
    return {
      path,
      text: applyEdits(
        text,
        fixesTogether(first).flatMap(({ edits }) => edits),
      ),
    };
  });
  const [only, ...others] = fixed;
  if (only?.path === "main.scruple" && others.length === 0) return only.text;
  return fixed.map(({ path, text }) => `//- ${path}\n${text.replace(/\n?$/, "\n")}`).join("");
}
