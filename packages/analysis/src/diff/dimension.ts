import { type Bits, classesOf, has, intersection } from "../bits.ts";

/** Places that the same items select, and that the same models know. */
export interface Known {
  readonly members: readonly number[];
  readonly known: readonly [boolean, boolean];
  /** The items that select them, by their indices, in order. */
  readonly selected: readonly number[];
}

type Class = Omit<Known, "selected">;

/**
 * Parts the places of one dimension, again and again, by which of some items select them. Only items that leave some of the places out
 * can tell them apart, so what is found for some of those serves all that have the same of them.
 */
export class Dimension {
  private readonly places: readonly number[];
  private readonly known: readonly [Bits, Bits];
  private readonly sets: readonly Bits[];
  private readonly parents: readonly number[];
  private readonly telling: Uint8Array;
  private readonly parted = new Map<string, readonly Class[]>();

  /**
   * @param known The places that each model knows.
   * @param sets What each item selects.
   * @param parents Of each item, the one that it is an exception to; -1 for none.
   */
  constructor(
    places: readonly number[],
    known: readonly [Bits, Bits],
    sets: readonly Bits[],
    parents: readonly number[],
  ) {
    this.places = places;
    this.known = known;
    this.sets = sets;
    this.parents = parents;
    const isWhole = new Map<Bits, boolean>();
    this.telling = Uint8Array.from(sets, (set) => {
      const whole = isWhole.get(set) ?? places.every((place) => has(set, place));
      isWhole.set(set, whole);
      return whole ? 0 : 1;
    });
  }

  /** @param items Without exceptions to what is not among them. */
  part(items: readonly number[]): readonly Known[] {
    const telling = items.filter((item) => this.telling[item] === 1);
    const key = telling.join();
    let classes = this.parted.get(key);
    if (classes === undefined) {
      classes = this.classes(telling);
      this.parted.set(key, classes);
    }
    if (telling.length === 0) return classes.map(({ members, known }) => ({ members, known, selected: items }));
    return classes.map(({ members, known }) => {
      const place = members[0]!;
      return { members, known, selected: items.filter((item) => this.selects(item, place)) };
    });
  }

  private classes(telling: readonly number[]): readonly Class[] {
    const [here, there] = this.known;
    return classesOf(this.places, [here, there, ...telling.map((item) => this.effective(item))]).map((members) => ({
      members,
      known: [has(here, members[0]!), has(there, members[0]!)],
    }));
  }

  /** The places that an item selects together with all that it is an exception to. */
  private effective(item: number): Bits {
    let set = this.sets[item]!;
    for (let one = this.parents[item]!; one !== -1; one = this.parents[one]!)
      if (this.telling[one] === 1) set = intersection(set, this.sets[one]!);
    return set;
  }

  /** Whether an item selects a place, and so does all that it is an exception to. */
  private selects(item: number, place: number): boolean {
    for (let one = item; one !== -1; one = this.parents[one]!)
      if (this.telling[one] === 1 && !has(this.sets[one]!, place)) return false;
    return true;
  }
}
