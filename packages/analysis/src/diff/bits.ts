/** A set of small numbers, a bit for each. Sets that are used together are of one length. */
export type Bits = Uint32Array;

export function bitsWhere(length: number, isIn: (index: number) => boolean): Bits {
  const bits = new Uint32Array((length + 31) >> 5);
  for (let i = 0; i < length; i++) if (isIn(i)) bits[i >> 5]! |= 1 << (i & 31);
  return bits;
}

export function has(bits: Bits, index: number): boolean {
  return ((bits[index >> 5]! >>> (index & 31)) & 1) === 1;
}
export function add(bits: Bits, index: number): void {
  bits[index >> 5]! |= 1 << (index & 31);
}

export function intersection(a: Bits, b: Bits): Bits {
  const bits = new Uint32Array(a.length);
  for (let i = 0; i < a.length; i++) bits[i] = a[i]! & b[i]!;
  return bits;
}
/** Adds all of one set to another. */
export function addAll(to: Bits, from: Bits): void {
  for (let i = 0; i < to.length; i++) to[i]! |= from[i]!;
}

export function meets(a: Bits, b: Bits): boolean {
  for (let i = 0; i < a.length; i++) if ((a[i]! & b[i]!) !== 0) return true;
  return false;
}
export function isEmpty(bits: Bits): boolean {
  return bits.every((word) => word === 0);
}
/** Whether two sets are the same, as far as both of two others reach. */
export function agree(a: Bits, b: Bits, here: Bits, there: Bits): boolean {
  for (let i = 0; i < a.length; i++) if (((a[i]! ^ b[i]!) & here[i]! & there[i]!) !== 0) return false;
  return true;
}
export function isSame(a: Bits, b: Bits): boolean {
  return a === b || a.every((word, i) => word === b[i]);
}

export function members(bits: Bits): readonly number[] {
  const found: number[] = [];
  for (let word = 0; word < bits.length; word++) {
    for (let rest = bits[word]!; rest !== 0; rest &= rest - 1) found.push(word * 32 + 31 - Math.clz32(rest & -rest));
  }
  return found;
}

/** Parts numbers by which of some sets they are in: set by set, each class is split in two where a set parts it. */
export function classesOf(numbers: readonly number[], sets: Iterable<Bits>): readonly (readonly number[])[] {
  if (numbers.length === 0) return [];
  const classOf = new Int32Array(numbers.length);
  let count = 1;
  for (const set of sets) {
    if (count === numbers.length) break;
    const inside = new Int32Array(count).fill(-1);
    const outside = new Int32Array(count).fill(-1);
    let fresh = 0;
    for (let i = 0; i < numbers.length; i++) {
      const half = has(set, numbers[i]!) ? inside : outside;
      const old = classOf[i]!;
      if (half[old] === -1) half[old] = fresh++;
      classOf[i] = half[old]!;
    }
    count = fresh;
  }
  const classes: number[][] = Array.from({ length: count }, () => []);
  for (let i = 0; i < numbers.length; i++) classes[classOf[i]!]!.push(numbers[i]!);
  return classes;
}
