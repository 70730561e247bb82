/** A set of fields, by their numbers; all sets of one policy are of the same length. */
export type FieldBits = Uint32Array;

/** How many are in both. */
export function common(one: FieldBits, other: FieldBits): number {
  let count = 0;
  for (let i = 0; i < one.length; i++) count += ones((one[i] as number) & (other[i] as number));
  return count;
}

/** What is in the first and not in the second. */
export function minus(one: FieldBits, other: FieldBits): FieldBits {
  return one.map((word, i) => word & ~(other[i] as number));
}

/** Puts all of another set into one. */
export function addAll(to: FieldBits, other: FieldBits): void {
  for (let i = 0; i < to.length; i++) (to[i] as number) |= other[i] as number;
}

export function size(bits: FieldBits): number {
  return common(bits, bits);
}

/** In ascending order. */
export function* members(bits: FieldBits): Generator<number> {
  for (const [i, word] of bits.entries())
    for (let rest = word; rest !== 0; rest &= rest - 1) yield i * 32 + 31 - Math.clz32(rest & -rest);
}

/** Counts by halves, quarters and so on (Wilkes, Wheeler and Gill, 1951). */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
