/**
 * A sentence that suggests the name that `name` most likely is a misspelling of, or "" where none is near: as in policies, at most a
 * third of its letters differ, whatever their case; of one or two letters, or very many, the case alone.
 */
export function nearest(name: string, names: Iterable<string>): string {
  const folded = name.toLowerCase();
  const isMeasured = name.length >= 3 && name.length <= 80;
  let best: string | undefined;
  let bound = Math.floor(name.length / 3) + 1;
  for (const candidate of names) {
    const other = candidate.toLowerCase();
    if (other === folded) return meant(candidate);
    if (!isMeasured || Math.abs(other.length - folded.length) >= bound) continue;
    const steps = distance(folded, other);
    if (steps < bound) [best, bound] = [candidate, steps];
  }
  return best === undefined ? "" : meant(best);
}

function meant(name: string): string {
  return ` Did you mean \`${name}\`?`;
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
