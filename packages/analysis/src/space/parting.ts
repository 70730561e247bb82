import type { BitSets } from "./bit-sets.ts";

/** Values that the same rules and exceptions select, with these: a set of a partition. */
export interface Class<T> {
  readonly members: readonly T[];
  readonly set: number;
}

/** What is known of a class whatever else is in a set: what selects its members. */
interface Known<T> {
  readonly members: T[];
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
  private readonly both: (a: number, b: number) => number;
  private readonly known = new Map<number, readonly Known<T>[]>();

  /**
   * @param selecting What selects each value; all that names nothing does.
   * @param naming What names something in this dimension.
   * @param both What is left of a set.
   */
  constructor(
    values: readonly T[],
    selecting: readonly number[],
    naming: number,
    sets: BitSets,
    both: (a: number, b: number) => number,
  ) {
    this.values = values;
    this.selecting = selecting;
    this.naming = naming;
    this.sets = sets;
    this.both = both;
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
    return values.length === this.values.length
      ? this
      : new Parting(values, selecting, this.naming, this.sets, this.both);
  }

  /** The values in classes, each with what is then left of a set. */
  part(set: number): readonly Class<T>[] {
    const key = this.sets.both(set, this.naming);
    let known = this.known.get(key);
    if (known === undefined) {
      known = this.classes(key);
      this.known.set(key, known);
    }
    const made: Class<T>[] = [];
    for (const { members, selecting } of known) made.push({ members, set: this.both(set, selecting) });
    return made;
  }

  /** They are few, so that to go through them is faster than any map. */
  private classes(key: number): readonly Known<T>[] {
    const found: Known<T>[] = [];
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
