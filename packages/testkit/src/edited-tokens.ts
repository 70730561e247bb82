import { parse, type TextEdit } from "@scruple/syntax";

/**
 * The tokens of a text after edits, and what they have to be: those that no edit touches, comments among them, and where
 * an edit stands what it writes. Where the two differ, an edit joins what it has no business with: a comment, say, with
 * what follows on the next line.
 */
export function editedTokens(
  text: string,
  edits: readonly TextEdit[],
): { readonly found: readonly string[]; readonly wanted: readonly string[] } {
  const { tokens } = parse(text);
  const wanted: string[] = [];
  let after = "";
  let from = 0;
  let read = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    after += text.slice(from, edit.start) + edit.text;
    from = edit.end;
    // An edit may write a part of a token, such as an escape, or the end of one.
    const isTouched = ({ start, end }: { readonly start: number; readonly end: number }) =>
      (start < edit.end && edit.start < end) || (edit.text === '"' && end === edit.start);
    const touched = tokens.filter(isTouched);
    const start = Math.min(edit.start, touched[0]?.start ?? edit.start);
    const end = Math.max(edit.end, touched.at(-1)?.end ?? edit.end);
    const between = tokens.filter((token) => read <= token.start && token.end <= start && !touched.includes(token));
    wanted.push(...between.map((token) => text.slice(token.start, token.end)));
    wanted.push(...images(text.slice(start, edit.start) + edit.text + text.slice(edit.end, end)));
    read = end;
  }
  wanted.push(...tokens.filter(({ start }) => start >= read).map(({ start, end }) => text.slice(start, end)));
  return { found: images(after + text.slice(from)), wanted };
}

function images(text: string): string[] {
  return parse(text).tokens.map(({ start, end }) => text.slice(start, end));
}
