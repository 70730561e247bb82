import { type Bits, intersection } from "../bits.ts";
import type { BitSets } from "../space/bit-sets.ts";

/**
 * For each of some places, which of some numbered sets of places it is in, as a set of their numbers: without exceptions to
 * what it is not in, so that nothing has to be left out where such sets are intersected.
 *
 * @param bits By number; null for none of the places.
 * @param parents Of the first of them, the number that each is an exception to, less than its own; -1 for none.
 */
export function selectingSets(
  places: readonly number[],
  bits: readonly (Bits | null)[],
  parents: readonly number[],
  sets: BitSets,
): readonly number[] {
  const { draft, width } = sets;
  const rows = new Uint32Array(((places.at(-1) ?? -1) + 1) * width);
  const effective: (Bits | null)[] = [];
  for (let number = 0; number < bits.length; number++) {
    const set = within(bits[number]!, effective, parents[number] ?? -1);
    effective.push(set);
    if (set === null) continue;
    const [at, bit] = [number >> 5, 1 << (number & 31)];
    for (let word = 0; word < set.length; word++) {
      for (let rest = set[word]!; rest !== 0; rest &= rest - 1)
        // What lies after the last place is beyond the end, and ignored.
        rows[(word * 32 + 31 - Math.clz32(rest & -rest)) * width + at]! |= bit;
    }
  }
  const found: number[] = [];
  let last = -1;
  for (const place of places) {
    // Fields of one source stand beside each other, and mostly the same selects them.
    let isSame = last !== -1;
    for (let i = 0, at = place * width; i < width; i++, at++) {
      if (draft[i] === rows[at]) continue;
      draft[i] = rows[at]!;
      isSame = false;
    }
    if (!isSame) last = sets.interned();
    found.push(last);
  }
  return found;
}

function within(set: Bits | null, others: readonly (Bits | null)[], parent: number): Bits | null {
  if (set === null || parent === -1) return set;
  const around = others[parent]!;
  return around === null ? null : intersection(set, around);
}
