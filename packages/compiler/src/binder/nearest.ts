import { nearest as nearestLower } from "@scruple/syntax";

/**
 * The candidate that a misspelt name most likely means, or null where none is near. Letters that differ in case alone
 * count as the same; equals are settled by the order of the alphabet.
 */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  const byLower = new Map<string, string>();
  for (const candidate of [...candidates].sort()) {
    const lower = candidate.toLowerCase();
    if (candidate !== name && !byLower.has(lower)) byLower.set(lower, candidate);
  }
  const lower = name.toLowerCase();
  const found = byLower.has(lower) ? lower : nearestLower(lower, [...byLower.keys()]);
  return found === null ? null : byLower.get(found)!;
}

/** Searches beyond this number are not made: by then a whole vocabulary is missing, and no spelling. */
const most = 200;

/** Nearest names, each searched for once. */
export class Suggestions {
  readonly #found = new Map<string, string | null>();

  /** `where` names the candidates: one name is searched for once in each place. */
  nearest(where: string, name: string, candidates: () => Iterable<string>): string | null {
    const key = `${where} ${name}`;
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    if (this.#found.size >= most) return null;
    const found = nearest(name, candidates());
    this.#found.set(key, found);
    return found;
  }
}
