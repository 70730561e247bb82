/** Sequences of whole numbers, each kept once and known by a number of its own, so that what they stand for can be looked up. */
export class Sequences {
  /** What is looked for is written here, from the start. */
  draft = new Int32Array(64);
  private length = 0;
  /** All sequences, each behind its length. */
  private words = new Int32Array(1 << 12);
  private used = 0;
  private starts = new Int32Array(1 << 10);
  private count = 0;
  /** Numbers by hash, one more than they are; 0 is free. */
  private table = new Int32Array(1 << 11);

  begin(): this {
    this.length = 0;
    return this;
  }
  add(value: number): this {
    if (this.length === this.draft.length) this.draft = grown(this.draft, this.length + 1);
    this.draft[this.length++] = value;
    return this;
  }
  /** Adds numbers as a set: sorted, without repetition, and parted from what follows. */
  addSet(values: readonly number[]): this {
    const from = this.length;
    for (const value of values) {
      let at = this.length;
      while (at > from && this.draft[at - 1]! > value) at--;
      if (at > from && this.draft[at - 1] === value) continue;
      this.add(value);
      this.draft.copyWithin(at + 1, at, this.length - 1);
      this.draft[at] = value;
    }
    return this.add(-1);
  }

  /** The number of what was begun and added. */
  id(): number {
    const { draft, length } = this;
    const mask = this.table.length - 1;
    let slot = hash(draft, 0, length) & mask;
    for (; this.table[slot] !== 0; slot = (slot + 1) & mask) {
      const id = this.table[slot]! - 1;
      if (this.isDraft(id)) return id;
    }
    if (this.used + length + 1 > this.words.length) this.words = grown(this.words, this.used + length + 1);
    if (this.count === this.starts.length) this.starts = grown(this.starts, this.count + 1);
    this.starts[this.count] = this.used;
    this.words[this.used++] = length;
    for (let i = 0; i < length; i++) this.words[this.used++] = draft[i]!;
    this.table[slot] = ++this.count;
    if (this.count * 2 > this.table.length) this.rehash();
    return this.count - 1;
  }

  private isDraft(id: number): boolean {
    const { draft, length, words } = this;
    const start = this.starts[id]!;
    if (words[start] !== length) return false;
    for (let i = 0; i < length; i++) if (words[start + 1 + i] !== draft[i]) return false;
    return true;
  }

  private rehash(): void {
    const table = new Int32Array(this.table.length * 2);
    const mask = table.length - 1;
    for (let id = 0; id < this.count; id++) {
      const from = this.starts[id]! + 1;
      let slot = hash(this.words, from, from + this.words[from - 1]!) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = id + 1;
    }
    this.table = table;
  }
}

function grown(array: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(array.length * 2, least));
  larger.set(array);
  return larger;
}

/** Murmur-like mixing (Appleby, 2008). */
function hash(words: Int32Array, from: number, to: number): number {
  let h = to - from;
  for (let i = from; i < to; i++) {
    h = Math.imul(h ^ words[i]!, 0x5bd1e995);
    h ^= h >>> 15;
  }
  return (h ^ (h >>> 13)) >>> 0;
}
