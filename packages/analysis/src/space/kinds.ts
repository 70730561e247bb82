import type { BitSets } from "./bit-sets.ts";
import type { Ground } from "./ground.ts";
import type { PlaceSet } from "./place-sets.ts";

/** Places of data that the same items select, whatever the operation. */
export interface Kind {
  readonly set: number;
  /** In ascending order. */
  readonly places: readonly number[];
}

/**
 * By place, what selects it where it is asked for alone.
 *
 * @param own What each item of the interaction itself selects; its numbers come after those of the ground.
 */
export function setsOfPlaces(ground: Ground, own: readonly PlaceSet[], sets: BitSets): Int32Array {
  const { rows, places, layout } = ground;
  const { words } = layout;
  const { draft, width } = sets;
  const ownWords = width - words;
  const ownRows = new Uint32Array(places.length * ownWords);
  for (const [number, selected] of own.entries()) {
    const bit = 1 << (number & 31);
    for (let place = 0, at = number >> 5; place < selected.length; place++, at += ownWords)
      if (selected[place] === 1) ownRows[at]! |= bit;
  }
  const found = new Int32Array(places.length);
  for (let place = 0; place < found.length; place++) {
    for (let i = 0, at = place * words; i < words; i++) draft[i] = rows[at + i]!;
    for (let i = 0, at = place * ownWords; i < ownWords; i++) draft[words + i] = ownRows[at + i]!;
    found[place] = sets.interned();
  }
  return found;
}

/** @param setOf By place, what selects it. */
export function kindsOf(setOf: Int32Array): readonly Kind[] {
  const bySet = new Map<number, number[]>();
  let last = -1;
  let members: number[] = [];
  for (let place = 0; place < setOf.length; place++) {
    const set = setOf[place]!;
    // Fields of one source stand beside each other and are often of one kind.
    if (set !== last) {
      members = bySet.get(set) ?? [];
      if (members.length === 0) bySet.set(set, members);
      last = set;
    }
    members.push(place);
  }
  return Array.from(bySet, ([set, places]) => ({ set, places }));
}
