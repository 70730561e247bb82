/** A name, or null for what is not named. */
type Name = string | null;

/** Sets of names, known by numbers. A set keeps the order in which it was put together; whatever that is, equal ones are told. */
export class NameSets {
  private readonly names: Name[] = [];
  private readonly numberOf = new Map<Name, number>();
  /** Of numbers of names. */
  private readonly sets: (readonly number[])[] = [];
  /** By what is in them, and the first of equal ones by what is in them, sorted. */
  private readonly known = new Map<string, number>();
  private readonly sorted = new Map<string, number>();
  private readonly firsts: number[] = [];

  of(names: Iterable<Name>): number {
    const set = new Set<number>();
    for (const name of names) {
      const known = this.numberOf.get(name);
      const number = known ?? this.names.push(name) - 1;
      if (known === undefined) this.numberOf.set(name, number);
      set.add(number);
    }
    return this.kept([...set]);
  }

  /** The same number for equal sets. */
  first(number: number): number {
    return this.firsts[number] as number;
  }

  /** All that is in some of the sets. */
  union(numbers: readonly number[]): number {
    const [only, ...others] = new Set(numbers);
    if (others.length === 0) return only as number;
    const set = new Set<number>();
    for (const number of numbers) for (const name of this.sets[number] as readonly number[]) set.add(name);
    return this.kept([...set]);
  }

  namesIn(number: number): readonly Name[] {
    return (this.sets[number] as readonly number[]).map((name) => this.names[name] as Name);
  }

  private kept(set: readonly number[]): number {
    const text = set.join();
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const made = this.sets.push(set) - 1;
    this.known.set(text, made);
    const sorted = set.toSorted((a, b) => a - b).join();
    const first = this.sorted.get(sorted) ?? made;
    this.sorted.set(sorted, first);
    this.firsts.push(first);
    return made;
  }
}
