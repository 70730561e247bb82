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

/** Parts numbers, which ascend, by which of some sets they are in: set by set, what is inside leaves the class that it was in. */
export function classesOf(numbers: readonly number[], sets: Iterable<Bits>): readonly (readonly number[])[] {
  if (numbers.length === 0) return [];
  const all = new Uint32Array((numbers.at(-1)! >> 5) + 1);
  for (const number of numbers) add(all, number);
  const classOf = new Int32Array(all.length * 32);
  /** By the class that was left, the last set that parted it, and the class of those that left it. */
  const partedBy: number[] = [-1];
  const leftFor: number[] = [0];
  let turn = 0;
  for (const set of sets) {
    for (let word = 0; word < all.length; word++) {
      for (let rest = set[word]! & all[word]!; rest !== 0; rest &= rest - 1) {
        const number = word * 32 + 31 - Math.clz32(rest & -rest);
        const old = classOf[number]!;
        if (partedBy[old] !== turn) {
          partedBy[old] = turn;
          leftFor[old] = partedBy.push(-1) - 1;
        }
        classOf[number] = leftFor[old]!;
      }
    }
    turn++;
  }
  const classes = new Map<number, number[]>();
  for (const number of numbers) {
    const members = classes.get(classOf[number]!);
    if (members === undefined) classes.set(classOf[number]!, [number]);
    else members.push(number);
  }
  return [...classes.values()];
}

/** How many are in both. */
export function common(a: Bits, b: Bits): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) count += ones(a[i]! & b[i]!);
  return count;
}
export function size(bits: Bits): number {
  return common(bits, bits);
}
/** What is in the first and not in the second. */
export function minus(a: Bits, b: Bits): Bits {
  return a.map((word, i) => word & ~b[i]!);
}

/** Counts by halves, quarters and so on (Wilkes, Wheeler and Gill, 1951). */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
