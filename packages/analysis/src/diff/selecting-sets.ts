import { type Bits, intersection } from "../bits.ts";
import type { BitSets } from "../space/bit-sets.ts";

/**
 * For each of some places, which of some numbered sets of places it is in, as a set of their numbers: without exceptions to
 * what it is not in, so that nothing has to be left out where such sets are intersected.
 *
 * @param area The places; what comes back is in their order.
 * @param count How many numbers there are.
 * @param bitsOf By number; null for none of the places.
 * @param parents Of the first of them, the number that each is an exception to, less than its own; -1 for none.
 */
export function selectingSets(
  area: Bits,
  count: number,
  bitsOf: (number: number) => Bits | null,
  parents: readonly number[],
  sets: BitSets,
): readonly number[] {
  const { draft, width } = sets;
  const rows = new Uint32Array(area.length * 32 * width);
  // What all of the places are in is written once.
  const all = new Uint32Array(width);
  const effective: (Bits | null)[] = [];
  for (let number = 0; number < count; number++) {
    const parent = number < parents.length ? parents[number]! : -1;
    const set = parent === -1 ? bitsOf(number) : both(bitsOf(number), effective[parent]!);
    effective.push(set);
    if (set === null) continue;
    const [at, bit] = [number >> 5, 1 << (number & 31)];
    if (isWithin(area, set)) all[at]! |= bit;
    else addTo(rows, area, set, width, at, bit);
  }
  const found: number[] = [];
  let last = -1;
  for (let word = 0; word < area.length; word++) {
    for (let rest = area[word]!; rest !== 0; rest &= rest - 1) {
      const place = word * 32 + 31 - Math.clz32(rest & -rest);
      // Fields of one source stand beside each other, and mostly the same selects them.
      let isSame = last !== -1;
      for (let i = 0, at = place * width; i < width; i++, at++) {
        const row = (rows[at]! | all[i]!) >>> 0;
        if (draft[i] === row) continue;
        draft[i] = row;
        isSame = false;
      }
      if (!isSame) last = sets.interned();
      found.push(last);
    }
  }
  return found;
}

function both(one: Bits | null, other: Bits | null): Bits | null {
  return one === null || other === null ? null : intersection(one, other);
}

function isWithin(area: Bits, set: Bits): boolean {
  for (let word = 0; word < area.length; word++) if ((area[word]! & ~set[word]!) !== 0) return false;
  return true;
}

function addTo(rows: Uint32Array, area: Bits, set: Bits, width: number, at: number, bit: number): void {
  for (let word = 0; word < area.length; word++)
    for (let rest = area[word]! & set[word]!; rest !== 0; rest &= rest - 1)
      rows[(word * 32 + 31 - Math.clz32(rest & -rest)) * width + at]! |= bit;
}
