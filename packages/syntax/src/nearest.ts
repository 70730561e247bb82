/**
 * The word that `word` most likely is a misspelling of: at most a third of its letters differ, whatever their case. Null where none is
 * near. To words of one or two letters everything is near, and what is very long takes long: of them the case alone may differ.
 */
export function nearest<Known extends string>(word: string, known: readonly Known[]): Known | null {
  const folded = word.toLowerCase();
  const isMeasured = word.length >= 3 && word.length <= 80;
  let best: Known | null = null;
  let least = Math.floor(word.length / 3) + 1;
  for (const candidate of known) {
    const other = candidate.toLowerCase();
    if (other === folded) return candidate;
    if (!isMeasured || Math.abs(other.length - folded.length) >= least) continue;
    const distance = editDistance(folded, other);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Words that other languages of this kind have for the effects of a rule. */
const otherEffects: ReadonlyMap<string, "allow" | "deny"> = new Map([
  ...["permit", "permits", "grant", "accept"].map((word) => [word, "allow"] as const),
  ...["forbid", "forbids", "prohibit", "reject", "refuse", "block", "disallow"].map((word) => [word, "deny"] as const),
]);

/** As `nearest`, of words that can begin an item; `permit` and its like are as near to `allow` as can be. */
export function meantItem<Known extends string>(word: string, known: readonly Known[]): Known | null {
  const effect = otherEffects.get(word.toLowerCase());
  return known.find((candidate) => candidate === effect) ?? nearest(word, known);
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment; Damerau 1964). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
