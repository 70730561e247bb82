import type { BitSets } from "./bit-sets.ts";
import type { Ground } from "./ground.ts";
import type { PlaceSet } from "./place-sets.ts";

/** Places of data that the same items select, whatever the operation. */
export class Kind {
  /** What selects them where they are asked for alone. */
  readonly set: number;
  /** In ascending order. */
  readonly places: number[] = [];
  private readonly special: PlaceSet;
  private hasSpecial: boolean | null = null;

  constructor(set: number, special: PlaceSet) {
    this.set = set;
    this.special = special;
  }

  get isSpecial(): boolean {
    this.hasSpecial ??= this.places.some((place) => this.special[place] === 1);
    return this.hasSpecial;
  }
  /** Those of its places that are in a set; null for none. */
  only(asked: PlaceSet): Kind | null {
    const found = new Kind(this.set, this.special);
    for (const place of this.places) if (asked[place] === 1) found.places.push(place);
    return found.places.length === 0 ? null : found;
  }
}

export interface Kinds {
  /** In the order of their first places. */
  readonly all: readonly Kind[];
  /** The kind of each place. */
  readonly of: readonly Kind[];
}

/**
 * @param within The items of the ground that may select anything in the interaction; others tell no places apart.
 * @param own What each item of the interaction itself selects; its numbers come after those of the ground.
 */
export function kindsOf(
  { rows, places, special, layout: { words } }: Ground,
  within: Uint32Array,
  own: readonly PlaceSet[],
  sets: BitSets,
): Kinds {
  const { draft, width } = sets;
  const ownWords = width - words;
  const ownRows = rowsOf(own, places.length, ownWords);
  const bySet = new Map<number, Kind>();
  const of: Kind[] = [];
  draft.fill(0);
  let kind: Kind | null = null;
  for (let place = 0; place < places.length; place++) {
    // Fields of one source stand beside each other, and mostly the same selects them.
    let isSame = kind !== null;
    for (let i = 0, at = place * words; i < words; i++) {
      const word = (rows[at + i]! & within[i]!) >>> 0;
      if (draft[i] !== word) {
        draft[i] = word;
        isSame = false;
      }
    }
    for (let i = 0, at = place * ownWords; i < ownWords; i++)
      if (draft[words + i] !== ownRows[at + i]) {
        draft[words + i] = ownRows[at + i]!;
        isSame = false;
      }
    if (kind === null || !isSame) {
      const set = sets.interned();
      kind = bySet.get(set) ?? new Kind(set, special);
      bySet.set(set, kind);
    }
    kind.places.push(place);
    of.push(kind);
  }
  return { all: [...bySet.values()], of };
}

/** By place, which of some items select it, in so many words for each. */
function rowsOf(items: readonly PlaceSet[], places: number, words: number): Uint32Array {
  const rows = new Uint32Array(places * words);
  for (const [number, selected] of items.entries()) {
    const bit = 1 << (number & 31);
    for (let place = 0, at = number >> 5; place < places; place++, at += words)
      if (selected[place] === 1) rows[at]! |= bit;
  }
  return rows;
}
