import { nearest as nearestOf } from "@scruple/syntax";

/** The candidate that a misspelt name most likely means, or null where none is near; equals are settled by the order of the alphabet. */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  return nearestOf(name, [...candidates].filter((candidate) => candidate !== name).sort());
}

/** Searches for a file beyond this number are not made: by then a whole vocabulary is missing, and no spelling. */
const most = 50;

/** Nearest names, each searched for once in a program. */
export class Suggestions {
  readonly #found: Map<string, string | null>;
  readonly #asked = new Set<string>();

  /** Suggestions for one file; `found` is shared by all files of a program. */
  constructor(found: Map<string, string | null>) {
    this.#found = found;
  }

  /** `where` names the candidates: one name is searched for once in each place. */
  nearest(where: string, name: string, candidates: () => Iterable<string>): string | null {
    const key = `${where}\0${name}`;
    if (this.#asked.size >= most && !this.#asked.has(key)) return null;
    this.#asked.add(key);
    let found = this.#found.get(key);
    if (found === undefined) {
      found = nearest(name, candidates());
      this.#found.set(key, found);
    }
    return found;
  }
}
