import { nearest } from "@scruple/model";

/**
 * A sentence that suggests the test whose name is nearest to what `--filter` asks for, or "" where none is near. A filter
 * is mostly a part of a name, so parts of as many words are compared as well.
 */
export function nearestTest(filter: string, names: Iterable<string>): string {
  const count = wordsOf(filter).length;
  const nameOf = new Map<string, string>();
  for (const name of names) {
    nameOf.set(name, name);
    for (const part of runsOf(wordsOf(name), count)) if (!nameOf.has(part)) nameOf.set(part, name);
  }
  const sentence = nearest(filter, nameOf.keys());
  if (sentence === "") return "";
  const part = [...nameOf.keys()].find((one) => nearest(filter, [one]) === sentence);
  return part === undefined ? "" : ` Did you mean \`${nameOf.get(part)}\`?`;
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

function runsOf(words: readonly string[], count: number): readonly string[] {
  if (count === 0) return [];
  return words.slice(0, Math.max(0, words.length - count + 1)).map((_, at) => words.slice(at, at + count).join(" "));
}
