/**
 * Sets of numbers below a fixed one, as bits. Each is kept once and known by its id, so that equal sets are equal numbers and a
 * set can be a key. The empty one is 0.
 */
export class BitSets {
  /** What a set is built in before it is interned; as long as a set is. */
  readonly draft: Uint32Array;
  /** Words of a set. */
  readonly width: number;
  private words: Uint32Array;
  private count = 0;
  /** Ids by hash, one more than they are; 0 is free. */
  private table = new Int32Array(1 << 11);

  /** @param size Numbers in a set are less than this. */
  constructor(size: number) {
    this.width = Math.max(1, (size + 31) >> 5);
    this.draft = new Uint32Array(this.width);
    this.words = new Uint32Array(this.width << 9);
    this.interned();
  }

  /** The id of what is in `draft`, which stays as it is. */
  interned(): number {
    const { draft, width } = this;
    const mask = this.table.length - 1;
    let slot = hash(draft, 0, width) & mask;
    for (; this.table[slot] !== 0; slot = (slot + 1) & mask) {
      const id = this.table[slot]! - 1;
      if (this.isDraft(id)) return id;
    }
    if ((this.count + 1) * width > this.words.length) {
      const larger = new Uint32Array(this.words.length * 2);
      larger.set(this.words);
      this.words = larger;
    }
    this.words.set(draft, this.count * width);
    this.table[slot] = ++this.count;
    if (this.count * 2 > this.table.length) this.rehash();
    return this.count - 1;
  }

  of(numbers: Iterable<number>): number {
    this.draft.fill(0);
    for (const one of numbers) this.draft[one >> 5]! |= 1 << (one & 31);
    return this.interned();
  }
  /** From one number to before another. */
  range(from: number, to: number): number {
    this.draft.fill(0);
    for (let one = from; one < to; one++) this.draft[one >> 5]! |= 1 << (one & 31);
    return this.interned();
  }

  both(a: number, b: number): number {
    if (a === b) return a;
    const { draft, width, words } = this;
    for (let i = 0, at = a * width, of = b * width; i < width; i++) draft[i] = words[at + i]! & words[of + i]!;
    return this.interned();
  }
  either(a: number, b: number): number {
    if (a === b) return a;
    const { draft, width, words } = this;
    for (let i = 0, at = a * width, of = b * width; i < width; i++) draft[i] = words[at + i]! | words[of + i]!;
    return this.interned();
  }
  /** What is in the first and not in the second. */
  without(a: number, b: number): number {
    const { draft, width, words } = this;
    for (let i = 0, at = a * width, of = b * width; i < width; i++) draft[i] = words[at + i]! & ~words[of + i]!;
    return this.interned();
  }
  /**
   * Without those whose parent is not in it.
   *
   * @param inner Those that have a parent.
   * @param parents By number; a parent is less than its child.
   */
  closed(set: number, inner: number, parents: Int32Array): number {
    const { draft, width, words } = this;
    for (let i = 0; i < width; i++) draft[i] = words[set * width + i]!;
    for (let i = 0; i < width; i++)
      for (let rest = draft[i]! & words[inner * width + i]!; rest !== 0; rest &= rest - 1) {
        const bit = rest & -rest;
        const parent = parents[i * 32 + 31 - Math.clz32(bit)]!;
        if ((draft[parent >> 5]! & (1 << (parent & 31))) === 0) draft[i]! &= ~bit;
      }
    return this.interned();
  }
  meet(a: number, b: number): boolean {
    const { width, words } = this;
    for (let i = 0, at = a * width, of = b * width; i < width; i++)
      if ((words[at + i]! & words[of + i]!) !== 0) return true;
    return false;
  }
  /** Whether something of a set is marked. */
  isMarked(set: number, { words: marked }: Marks): boolean {
    const { width, words } = this;
    for (let i = 0, at = set * width; i < width; i++) if ((words[at + i]! & marked[i]!) !== 0) return true;
    return false;
  }
  /** None marked yet. */
  marks(): Marks {
    return new Marks(this.width);
  }
  /** All that is said of those in a set that are marked. @param said By number, as bits. */
  gathered(set: number, { words: marked }: Marks, said: Uint16Array): number {
    const { width, words } = this;
    let all = 0;
    for (let i = 0, at = set * width; i < width; i++)
      for (let rest = words[at + i]! & marked[i]!; rest !== 0; rest &= rest - 1)
        all |= said[i * 32 + 31 - Math.clz32(rest & -rest)]!;
    return all;
  }
  has(set: number, one: number): boolean {
    return (this.words[set * this.width + (one >> 5)]! & (1 << (one & 31))) !== 0;
  }
  /** Whether all of the first is in the second. */
  isWithin(a: number, b: number): boolean {
    const { width, words } = this;
    for (let i = 0, at = a * width, of = b * width; i < width; i++)
      if ((words[at + i]! & ~words[of + i]!) !== 0) return false;
    return true;
  }
  /** In ascending order. */
  *members(set: number): Generator<number> {
    for (let i = 0; i < this.width; i++)
      for (let rest = this.words[set * this.width + i]!; rest !== 0; rest &= rest - 1)
        yield i * 32 + 31 - Math.clz32(rest & -rest);
  }

  private isDraft(id: number): boolean {
    const { draft, width, words } = this;
    for (let i = 0, at = id * width; i < width; i++) if (words[at + i] !== draft[i]) return false;
    return true;
  }
  private rehash(): void {
    this.table = new Int32Array(this.table.length * 2);
    const mask = this.table.length - 1;
    for (let id = 0; id < this.count; id++) {
      let slot = hash(this.words, id * this.width, (id + 1) * this.width) & mask;
      while (this.table[slot] !== 0) slot = (slot + 1) & mask;
      this.table[slot] = id + 1;
    }
  }
}

/** Numbers that are marked for as long as something is to be asked of them. */
export class Marks {
  readonly words: Uint32Array;

  constructor(width: number) {
    this.words = new Uint32Array(width);
  }
  add(one: number): void {
    this.words[one >> 5]! |= 1 << (one & 31);
  }
  has(one: number): boolean {
    return (this.words[one >> 5]! & (1 << (one & 31))) !== 0;
  }
  delete(one: number): void {
    this.words[one >> 5]! &= ~(1 << (one & 31));
  }
}

/** Murmur-like mixing (Appleby, 2008). */
function hash(words: Uint32Array, from: number, to: number): number {
  let h = 0x2545f491;
  for (let i = from; i < to; i++) {
    h = Math.imul(h ^ words[i]!, 0x5bd1e995);
    h ^= h >>> 15;
  }
  h = Math.imul(h, 0x2c1b3c6d);
  // What V8 keeps in a word, so that nothing is allocated.
  return (h ^ (h >>> 13)) & 0x3fffffff;
}
