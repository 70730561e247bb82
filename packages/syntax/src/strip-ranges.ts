const ranges: ReadonlySet<string> = new Set(["start", "end", "keyword", "effectRange", "operatorRange", "originRange"]);

/**
 * A copy of a tree, or of a part of one, without any offsets: two texts say the same if what is left is equal. A range
 * that says by its mere presence that a word is there becomes `true`.
 */
export function stripRanges(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(stripRanges);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length > 0 && entries.every(([key]) => key === "start" || key === "end")) return true;
  return Object.fromEntries(
    entries.filter(([key]) => !ranges.has(key)).map(([key, inner]) => [key, stripRanges(inner)]),
  );
}
