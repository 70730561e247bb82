/** A name, or null for what is not named. */
type Name = string | null;

/** Sets of names, known by numbers. A set keeps the order in which it was put together; whatever that is, equal ones are told. */
export class NameSets {
  private readonly sets: (readonly Name[])[] = [];
  /** By their names. */
  private readonly numbers = new Map<string, number>();
  /** The first of equal ones, by their names in order. */
  private readonly sorted = new Map<string, number>();
  private readonly firsts: number[] = [];

  of(names: Iterable<Name>): number {
    const list = [...new Set(names)];
    const text = JSON.stringify(list);
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const made = this.sets.push(list) - 1;
    this.numbers.set(text, made);
    const sorted = JSON.stringify([...list].sort());
    const first = this.sorted.get(sorted) ?? made;
    this.sorted.set(sorted, first);
    this.firsts.push(first);
    return made;
  }

  /** The same number for equal sets. */
  first(number: number): number {
    return this.firsts[number] as number;
  }

  /** All that is in some of the sets. */
  union(numbers: readonly number[]): number {
    const [only, ...others] = new Set(numbers);
    if (others.length === 0) return only as number;
    return this.of(numbers.flatMap((number) => this.names(number)));
  }

  names(number: number): readonly Name[] {
    return this.sets[number] as readonly Name[];
  }
}
