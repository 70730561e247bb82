import type { Fix, TextEdit } from "./diagnostic.ts";

/** A text with edits made that do not overlap, in whatever order they are given. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(text.slice(from, edit.start), edit.text);
    from = edit.end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

/** The fixes of one file, in their order, that do not get in each other's way. A fix is made whole or not at all. */
export function fixesTogether(fixes: readonly Fix[]): readonly Fix[] {
  const taken: TextEdit[] = [];
  return fixes.filter(({ edits }) => {
    const fits = edits.length > 0 && !edits.some((edit) => taken.some((other) => overlap(edit, other)));
    if (fits) taken.push(...edits);
    return fits;
  });
}

/** Whether two edits would touch the same characters, or insert at the same place. */
function overlap(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}
