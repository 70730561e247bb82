import type { BitSets } from "./bit-sets.ts";

/** Values that the same rules and exceptions select, with these: a set of a partition. */
export interface Class<T> {
  readonly members: readonly T[];
  readonly set: number;
}

/**
 * Parts the values of one dimension, again and again, by which of some rules select them. Only those that name something in this
 * dimension can tell values apart, so what is found for some of them serves all that name the same.
 */
export class Parting<T> {
  private readonly values: readonly T[];
  private readonly naming: number;
  private readonly sets: BitSets;
  private readonly both: (a: number, b: number) => number;
  private readonly setOf: (value: T) => number;
  private readonly known = new Map<number, readonly Class<T>[]>();

  /**
   * @param naming What names something in this dimension.
   * @param both What is left of a set.
   * @param setOf What selects a value; all that names nothing does.
   */
  constructor(
    values: readonly T[],
    naming: number,
    sets: BitSets,
    both: (a: number, b: number) => number,
    setOf: (value: T) => number,
  ) {
    this.values = values;
    this.naming = naming;
    this.sets = sets;
    this.both = both;
    this.setOf = setOf;
  }

  get isEmpty(): boolean {
    return this.values.length === 0;
  }

  /** Some of the values. */
  only(isMeant: (value: T) => boolean): Parting<T> {
    return new Parting(this.values.filter(isMeant), this.naming, this.sets, this.both, this.setOf);
  }

  /** The values in classes, each with what is then left of a set. */
  part(set: number): readonly Class<T>[] {
    const key = this.sets.both(set, this.naming);
    let known = this.known.get(key);
    if (known === undefined) {
      known = this.classes(key);
      this.known.set(key, known);
    }
    return known.map(({ members }) => ({ members, set: this.both(set, this.setOf(members[0]!)) }));
  }

  private classes(key: number): readonly Class<T>[] {
    const found = new Map<number, { readonly members: T[]; readonly set: number }>();
    for (const value of this.values) {
      const set = this.sets.both(key, this.setOf(value));
      const known = found.get(set);
      if (known === undefined) found.set(set, { members: [value], set });
      else known.members.push(value);
    }
    return [...found.values()];
  }
}
