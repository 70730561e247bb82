import type { BitSets } from "./bit-sets.ts";

/** Values of one dimension that the same rules and exceptions of a set select. */
export interface Class<T> {
  readonly members: readonly T[];
  /** All that selects them, as a set of a partition, whatever was parted. */
  readonly selecting: number;
}

/**
 * Parts the values of one dimension, again and again, by which of some rules select them. Only those that name something in this
 * dimension can tell values apart, so what is found for some of them serves all that name the same.
 */
export class Parting<T> {
  private readonly values: readonly T[];
  private readonly selecting: readonly number[];
  private readonly naming: number;
  private readonly sets: BitSets;
  private readonly known = new Map<number, readonly Class<T>[]>();

  /**
   * @param selecting What selects each value; all that names nothing does.
   * @param naming What names something in this dimension.
   */
  constructor(values: readonly T[], selecting: readonly number[], naming: number, sets: BitSets) {
    this.values = values;
    this.selecting = selecting;
    this.naming = naming;
    this.sets = sets;
  }

  get isEmpty(): boolean {
    return this.values.length === 0;
  }

  /** Some of the values. */
  only(isMeant: (value: T) => boolean): Parting<T> {
    const values: T[] = [];
    const selecting: number[] = [];
    for (const [index, value] of this.values.entries()) {
      if (!isMeant(value)) continue;
      values.push(value);
      selecting.push(this.selecting[index]!);
    }
    // All of them share what is known.
    return values.length === this.values.length ? this : new Parting(values, selecting, this.naming, this.sets);
  }

  /** The values in classes. What is then left of the set is what it has in common with all that selects them. */
  part(set: number): readonly Class<T>[] {
    const key = this.sets.both(set, this.naming);
    let known = this.known.get(key);
    if (known === undefined) {
      known = this.classes(key);
      this.known.set(key, known);
    }
    return known;
  }

  /** They are few, so that to go through them is faster than any map. */
  private classes(key: number): readonly Class<T>[] {
    const found: (Class<T> & { readonly members: T[] })[] = [];
    const sets: number[] = [];
    for (let index = 0; index < this.values.length; index++) {
      const selecting = this.selecting[index]!;
      const set = this.sets.both(key, selecting);
      const at = sets.indexOf(set);
      if (at >= 0) found[at]!.members.push(this.values[index]!);
      else {
        sets.push(set);
        found.push({ members: [this.values[index]!], selecting });
      }
    }
    return found;
  }
}
