/**
 * Names as patterns are shown them. To a pattern's `*` and `**` the end of a line is no character, and a dot that begins a name none
 * either: policies with such names would be left out without a word. What stands in their place is no character of any name, half of a pair.
 */
const ends: ReadonlyMap<string, string> = new Map([
  ["\n", "\udc0a"],
  ["\r", "\udc0d"],
  ["\u2028", "\udc28"],
  ["\u2029", "\udc29"],
]);
const dot = "\udc2e";
const real = new Map([...ends, [".", dot] as const].map(([character, seen]) => [seen, character]));

/** A pattern, or a path, in which nothing ends a line. */
export function withoutLineEnds(path: string): string {
  return path.replace(/[\n\r\u2028\u2029]/g, (end) => ends.get(end)!);
}

/**
 * What a path is seen as: a policy file that begins with a dot as that, and as one that does not. Folders that do stay hidden, and so does
 * what Emacs writes beside a file while it is open.
 */
export function namesSeen(path: string): string[] {
  const seen = withoutLineEnds(path);
  const open = seen.replace(/(?<=^|\/)\.(?=[^/#][^/]*\.scruple$)/, dot);
  return open === seen ? [seen] : [seen, open];
}

/** The path that was seen so. */
export function nameOf(seen: string): string {
  return seen.replace(/[\udc0a\udc0d\udc28\udc29\udc2e]/gu, (character) => real.get(character)!);
}

/** Entries of a folder, by the names that they are seen as. */
export function entriesSeen<Entry extends { readonly name: string; isDirectory(): boolean }>(
  entries: readonly Entry[],
): Entry[] {
  return entries.flatMap((entry) => {
    const names = entry.isDirectory() ? [withoutLineEnds(entry.name)] : namesSeen(entry.name);
    return names.map((name) => (name === entry.name ? entry : Object.create(entry, { name: { value: name } })));
  });
}
