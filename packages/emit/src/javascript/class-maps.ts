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
  private readonly maps: { readonly dimension: number; readonly classes: Int32Array }[] = [];
  /** By a hash of their classes. */
  private readonly known = new Map<number, number[]>();

  /**
   * @param values Natural numbers; equal ones are a class.
   * @param bounds Values that matter, as 1; the others join whatever class is shortest to write. Null: all matter.
   */
  of(dimension: number, values: ArrayLike<number>, bounds: Uint8Array | null): ClassMap {
    const classes = new Int32Array(values.length);
    const numbers: (number | undefined)[] = [];
    const examples: number[] = [];
    let last = 0;
    for (let i = 0; i < values.length; i++) {
      if (bounds === null || bounds[i] === 1) {
        const value = values[i] as number;
        const known = numbers[value];
        last = known ?? examples.push(i) - 1;
        if (known === undefined) numbers[value] = last;
      }
      classes[i] = last;
    }
    return { id: this.intern(dimension, classes), classes, examples };
  }

  /** The same with classes joined that lead to the same place. */
  merged(dimension: number, map: ClassMap, targets: readonly number[], bounds: Uint8Array | null): ClassMap {
    return this.of(
      dimension,
      Int32Array.from(map.classes, (one) => targets[one] as number),
      bounds,
    );
  }

  /** 1 for what is in bounds. */
  bounds(dimension: number, isIn: Uint8Array): number {
    return this.intern(dimension, Int32Array.from(isIn));
  }

  private intern(dimension: number, classes: Int32Array): number {
    let hash = dimension;
    for (let i = 0; i < classes.length; i++) hash = (Math.imul(hash, 31) + (classes[i] as number)) | 0;
    const alike = this.known.get(hash) ?? [];
    if (alike.length === 0) this.known.set(hash, alike);
    const known = alike.find((id) => {
      const map = this.maps[id] as (typeof this.maps)[number];
      return map.dimension === dimension && isSame(map.classes, classes);
    });
    if (known !== undefined) return known;
    const made = this.maps.push({ dimension, classes }) - 1;
    alike.push(made);
    return made;
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

function isSame(one: Int32Array, other: Int32Array): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/** The runs over the kinds, their count before them, and what is of another class than most of its kind. */
function runsByKind(classes: Int32Array, kinds: ArrayLike<number>): readonly number[] {
  let [kindCount, classCount] = [0, 0];
  for (let place = 0; place < classes.length; place++) {
    kindCount = Math.max(kindCount, (kinds[place] as number) + 1);
    classCount = Math.max(classCount, (classes[place] as number) + 1);
  }
  const counts = new Int32Array(kindCount * classCount);
  const at = (place: number) => (kinds[place] as number) * classCount + (classes[place] as number);
  for (let place = 0; place < classes.length; place++) (counts[at(place)] as number)++;
  // Of those that are equally many, the one that comes first.
  const usual = new Int32Array(kindCount);
  const most = new Int32Array(kindCount);
  for (let place = 0; place < classes.length; place++) {
    const kind = kinds[place] as number;
    const count = counts[at(place)] as number;
    if (count <= (most[kind] as number)) continue;
    most[kind] = count;
    usual[kind] = classes[place] as number;
  }
  const ofKinds = runs(usual);
  const others: number[] = [];
  let last = -1;
  for (let place = 0; place < classes.length; place++) {
    if (classes[place] === usual[kinds[place] as number]) continue;
    others.push(place - last - 1, classes[place] as number);
    last = place;
  }
  return [ofKinds.length, ...ofKinds, ...others];
}
