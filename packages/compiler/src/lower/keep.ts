/** The list of before, if it has the same items. */
export function keepList<T>(items: readonly T[], before: readonly T[]): readonly T[] {
  return items.length === before.length && items.every((item, i) => item === before[i]) ? before : items;
}

/** The list with items of before in the place of their equals; the list of before itself, if they all are. */
export function keepItems<T>(items: readonly T[], before: readonly T[], key: (item: T) => string): readonly T[] {
  const known = new Map(before.map((item) => [key(item), item]));
  const kept = items.map((item) => {
    const old = known.get(key(item));
    return old !== undefined && sameData(old, item) ? old : item;
  });
  return keepList(kept, before);
}

/** True where two pieces of plain data say the same. They are not deep: of what is made from files, the parser sees to that. */
export function sameData(a: unknown, b: unknown): boolean {
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
 * A sorted list without some of its items and with others; the list of before itself, if it comes out the same. No two
 * items have the same key. Compares in the order of what is gone and what is fresh; all else is copied in runs.
 */
export function mergeSorted<T>(
  before: readonly T[],
  gone: readonly T[],
  fresh: readonly T[],
  key: (item: T) => string,
): readonly T[] {
  if (gone.length === 0 && fresh.length === 0) return before;
  const changes = new Map<string, T | null>(gone.map((item) => [key(item), null]));
  for (const item of fresh) changes.set(key(item), item);
  const merged: T[] = [];
  let from = 0;
  for (const name of [...changes.keys()].sort()) {
    const to = firstFrom(before, from, name, key);
    for (; from < to; from++) merged.push(before[from]!);
    if (to < before.length && key(before[to]!) === name) from++;
    const item = changes.get(name)!;
    if (item !== null) merged.push(item);
  }
  for (; from < before.length; from++) merged.push(before[from]!);
  return keepList(merged, before);
}

/** The index of the first item, from some index on, whose key is not less. */
function firstFrom<T>(items: readonly T[], from: number, name: string, key: (item: T) => string): number {
  let low = from;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(items[middle]!) < name) low = middle + 1;
    else high = middle;
  }
  return low;
}
