import { digits, runs } from "./digits.ts";

/** From the values of a dimension to classes, numbered from 0 in the order in which they first occur. */
export interface ClassMap {
  readonly id: number;
  readonly classes: ArrayLike<number>;
  /** A value of each class; which one depends on the bounds in force. */
  readonly examples: readonly number[];
}

/** All the maps that a policy's diagrams ask, each once. */
export class ClassMaps {
  private readonly maps: { readonly dimension: number; readonly classes: readonly number[] }[] = [];
  private readonly known = new Map<string, number>();

  /**
   * @param values Any numbers; equal ones are a class.
   * @param bounds Values that matter, as 1; the others join whatever class is shortest to write. Null: all matter.
   */
  of(dimension: number, values: ArrayLike<number>, bounds: Uint8Array | null): ClassMap {
    const classes = new Array<number>(values.length);
    const numbers = new Map<number, number>();
    const examples: number[] = [];
    let last = 0;
    for (let i = 0; i < values.length; i++) {
      if (bounds === null || bounds[i] === 1) {
        const value = values[i] as number;
        const known = numbers.get(value);
        if (known === undefined) {
          last = examples.push(i) - 1;
          numbers.set(value, last);
        } else last = known;
      }
      classes[i] = last;
    }
    return { id: this.intern(dimension, classes), classes, examples };
  }

  /** The same with classes joined that lead to the same place. */
  merged(dimension: number, map: ClassMap, targets: readonly number[], bounds: Uint8Array | null): ClassMap {
    const values = Array.from(map.classes, (one) => targets[one] as number);
    return this.of(dimension, values, bounds);
  }

  /** 1 for what is in bounds. */
  bounds(dimension: number, isIn: Uint8Array): number {
    return this.intern(dimension, [...isIn]);
  }

  private intern(dimension: number, classes: readonly number[]): number {
    const key = `${dimension}:${runs(classes).join()}`;
    const known = this.known.get(key) ?? this.maps.push({ dimension, classes }) - 1;
    this.known.set(key, known);
    return known;
  }

  /** What the diagrams use, by their numbers in the tables. */
  write(
    used: ReadonlySet<number>,
    kinds: ArrayLike<number>,
  ): { readonly numberOf: (id: number) => number; readonly texts: readonly string[] } {
    const order = [...used];
    const numbers = new Map(order.map((id, index) => [id, index]));
    return {
      numberOf: (id) => numbers.get(id) as number,
      texts: order.map((id) => {
        const { dimension, classes } = this.maps[id] as (typeof this.maps)[number];
        const plain = digits([dimension, ...runs(classes)]);
        if (dimension > 1) return plain;
        const byKind = digits([dimension + 5, ...runsByKind(classes, kinds)]);
        return byKind.length < plain.length ? byKind : plain;
      }),
    };
  }
}

/** The runs over the kinds, their count before them, and what is of another class than most of its kind. */
function runsByKind(classes: readonly number[], kinds: ArrayLike<number>): readonly number[] {
  const counts: Map<number, number>[] = [];
  classes.forEach((one, place) => {
    const kind = kinds[place] as number;
    const count = counts[kind] ?? new Map<number, number>();
    counts[kind] = count;
    count.set(one, (count.get(one) ?? 0) + 1);
  });
  const usual = counts.map((count) => [...count].reduce((best, next) => (next[1] > best[1] ? next : best))[0]);
  const ofKinds = runs(usual);
  const others: number[] = [];
  let last = -1;
  classes.forEach((one, place) => {
    if (one === usual[kinds[place] as number]) return;
    others.push(place - last - 1, one);
    last = place;
  });
  return [ofKinds.length, ...ofKinds, ...others];
}
