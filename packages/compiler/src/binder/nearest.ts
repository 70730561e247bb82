import { distance } from "fastest-levenshtein";

/**
 * The candidate that a misspelt name most likely means, or null where none is near: at most a third of the name may be
 * wrong, and one letter in any case. Differences of case alone come first; equals are settled by order of the alphabet.
 */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  const lower = name.toLowerCase();
  const limit = Math.max(1, Math.floor(name.length / 3));
  let best: string | null = null;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > limit || candidate === name) continue;
    const found = candidate.toLowerCase() === lower ? 0 : distance(lower, candidate.toLowerCase());
    // One letter stands for any other, so that names of one letter have no neighbours worth telling.
    if (found > 0 && name.length === 1) continue;
    if (found < bestDistance || (found === bestDistance && best !== null && candidate < best)) {
      best = candidate;
      bestDistance = found;
    }
  }
  return best;
}
