/** A sentence that suggests the nearest name, or "" where none is near. Distance: optimal string alignment. */
export function nearest(name: string, names: Iterable<string>): string {
  let best: string | undefined;
  let bound = Math.max(1, Math.floor(Math.min(name.length, 40) / 3)) + 1;
  for (const candidate of names) {
    if (Math.abs(candidate.length - name.length) >= bound) continue;
    const steps = distance(name.toLowerCase(), candidate.toLowerCase());
    if (steps < bound) [best, bound] = [candidate, steps];
  }
  return best === undefined ? "" : ` Did you mean \`${best}\`?`;
}

/** Insertions, deletions, replacements and swaps of neighbours (Damerau 1964, restricted). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      current[j] = Math.min(
        (previous[j] as number) + 1,
        (current[j - 1] as number) + 1,
        (previous[j - 1] as number) + (same ? 0 : 1),
        swapped ? (before[j - 2] as number) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] as number;
}
