/** Numbers that are written once and read often, side by side in one block of memory. */
export class Numbers {
  all = new Int32Array(1024);
  count = 0;

  /** @returns where they stand */
  add(numbers: readonly number[]): number {
    const at = this.count;
    this.count += numbers.length;
    if (this.count > this.all.length) {
      const larger = new Int32Array(2 * this.count);
      larger.set(this.all);
      this.all = larger;
    }
    this.all.set(numbers, at);
    return at;
  }
}
