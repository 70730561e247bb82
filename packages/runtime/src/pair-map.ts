/** From pairs of natural numbers to natural numbers: an open table in one block of memory, entries side by side. */
export class PairMap {
  size = 0;
  private mask = 63;
  /** First, second, 1 + value; the last is 0 where there is no entry. */
  private entries = new Int32Array(3 * 64);

  /** -1 where there is none. */
  get(first: number, second: number): number {
    const { entries, mask } = this;
    for (let i = placeOf(first, second) & mask; ; i = (i + 1) & mask) {
      const at = 3 * i;
      const value = entries[at + 2] as number;
      if (value === 0 || (entries[at] === first && entries[at + 1] === second)) return value - 1;
    }
  }

  /** Of a pair that has none yet. */
  set(first: number, second: number, value: number): void {
    if (++this.size * 2 > this.mask) this.grow();
    this.place(first, second, value + 1);
  }

  private place(first: number, second: number, value: number): void {
    let i = placeOf(first, second) & this.mask;
    while (this.entries[3 * i + 2] !== 0) i = (i + 1) & this.mask;
    this.entries.set([first, second, value], 3 * i);
  }

  private grow(): void {
    const old = this.entries;
    this.mask = 2 * this.mask + 1;
    this.entries = new Int32Array(2 * old.length);
    for (let at = 0; at < old.length; at += 3) {
      const value = old[at + 2] as number;
      if (value !== 0) this.place(old[at] as number, old[at + 1] as number, value);
    }
  }
}

/** Multiplicative hashing with two odd constants (Knuth, The Art of Computer Programming 6.4). */
function placeOf(first: number, second: number): number {
  const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
