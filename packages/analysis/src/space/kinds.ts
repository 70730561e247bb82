import type { BitSets } from "./bit-sets.ts";
import type { Ground } from "./ground.ts";
import type { PlaceSet } from "./place-sets.ts";

/** Places of data in kinds: the same items select those of a kind, whatever the operation. */
export class Kinds {
  /** By kind, what selects its places where they are asked for alone. Kinds are in the order of their first places. */
  readonly sets: readonly number[];
  /** The kind of each place. */
  readonly of: Int32Array;
  private readonly firsts: Int32Array;
  /** By place, the next one of its kind; 0 for none. */
  private readonly nexts: Int32Array;

  constructor(sets: readonly number[], of: Int32Array) {
    this.sets = sets;
    this.of = of;
    this.firsts = new Int32Array(sets.length);
    this.nexts = new Int32Array(of.length);
    const lasts = new Int32Array(sets.length).fill(-1);
    for (let place = 0; place < of.length; place++) {
      const kind = of[place]!;
      if (lasts[kind] === -1) this.firsts[kind] = place;
      else this.nexts[lasts[kind]!] = place;
      lasts[kind] = place;
    }
  }

  firstPlaceOf(kind: number): number {
    return this.firsts[kind]!;
  }
  /** In ascending order. @param kinds Those too. */
  placesOf(kinds: readonly number[]): readonly number[] {
    const found: number[] = [];
    if (kinds.length === 1) {
      let place = this.firsts[kinds[0]!]!;
      do {
        found.push(place);
        place = this.nexts[place]!;
      } while (place !== 0);
      return found;
    }
    const isMeant = new Uint8Array(this.sets.length);
    for (const kind of kinds) isMeant[kind] = 1;
    for (let place = this.firsts[kinds[0]!]!; place < this.of.length; place++)
      if (isMeant[this.of[place]!] === 1) found.push(place);
    return found;
  }

  /** Whether some place of a kind is in a set. */
  meets(kind: number, set: PlaceSet): boolean {
    let place = this.firsts[kind]!;
    do {
      if (set[place] === 1) return true;
      place = this.nexts[place]!;
    } while (place !== 0);
    return false;
  }
}

/**
 * @param within The items of the ground that may select anything in the interaction; others tell no places apart.
 * @param own What each item of the interaction itself selects; its numbers come after those of the ground.
 */
export function kindsOf(
  { rows, places, layout: { words } }: Ground,
  within: Uint32Array,
  own: readonly PlaceSet[],
  sets: BitSets,
): Kinds {
  const { draft, width } = sets;
  const ownWords = width - words;
  const ownRows = rowsOf(own, places.length, ownWords);
  const found: number[] = [];
  /** By set; there are no others yet, so that their numbers are small. */
  const kindOf: number[] = [];
  const of = new Int32Array(places.length);
  draft.fill(0);
  let kind = -1;
  for (let place = 0; place < places.length; place++) {
    // Fields of one source stand beside each other, and mostly the same selects them.
    let isSame = kind >= 0;
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
    if (!isSame) {
      const set = sets.interned();
      kindOf[set] ??= found.push(set) - 1;
      kind = kindOf[set];
    }
    of[place] = kind;
  }
  return new Kinds(found, of);
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
