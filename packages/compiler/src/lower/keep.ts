/** The list of before, if it has the same items. */
export function keepList<T>(items: readonly T[], before: readonly T[]): readonly T[] {
  return items.length === before.length && items.every((item, i) => item === before[i]) ? before : items;
}

/** The list with items of before in the place of their equals; the list of before itself, if they all are. */
export function keepItems<T>(items: readonly T[], before: readonly T[], key: (item: T) => string): readonly T[] {
  if (before.length === 0) return items;
  const known = new Map(before.map((item) => [key(item), item]));
  const kept = items.map((item) => {
    const old = known.get(key(item));
    return old !== undefined && sameData(old, item) ? old : item;
  });
  return keepList(kept, before);
}

/** True where two pieces of a model, which is plain JSON, say the same. How deep they are is bounded by the parser. */
function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => sameData(item, b[i]));
  }
  const [left, right] = [Object.entries(a), b as Readonly<Record<string, unknown>>];
  return (
    left.length === Object.keys(right).length &&
    left.every(([key, value]) => Object.hasOwn(right, key) && sameData(value, right[key]))
  );
}

/**
 * A sorted list without some of its items and with others, sorted; the list of before itself, if it comes out the same.
 * No two items have the same key. Takes time for comparing what is fresh alone.
 */
export function mergeSorted<T>(
  before: readonly T[],
  gone: readonly T[],
  fresh: readonly T[],
  key: (item: T) => string,
): readonly T[] {
  if (gone.length === 0 && fresh.length === 0) return before;
  const without = new Set(gone);
  const rest = fresh.map((item) => ({ item, key: key(item) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const merged: T[] = [];
  let next = 0;
  for (const item of before) {
    if (without.has(item)) continue;
    if (next < rest.length) {
      const own = key(item);
      while (next < rest.length && rest[next]!.key < own) merged.push(rest[next++]!.item);
    }
    merged.push(item);
  }
  while (next < rest.length) merged.push(rest[next++]!.item);
  return keepList(merged, before);
}
