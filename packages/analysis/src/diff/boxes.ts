/** A product of sets: for each dimension the number of a set. */
export type Box = readonly number[];

/** Sets of numbers, each with a number of its own, so that boxes compare fast. */
export class Sets {
  private readonly ids = new Map<string, number>();
  private readonly all: (readonly number[])[] = [];
  private readonly singles: number[] = [];
  private readonly lists = new Map<readonly number[], number>();

  of(values: readonly number[]): number {
    const known = this.lists.get(values);
    if (known !== undefined) return known;
    const id = this.idOf(values.length < 2 ? values : [...values].sort((a, b) => a - b));
    this.lists.set(values, id);
    return id;
  }
  private idOf(sorted: readonly number[]): number {
    const key = sorted.join();
    let id = this.ids.get(key);
    if (id === undefined) {
      id = this.all.push(sorted) - 1;
      this.ids.set(key, id);
    }
    return id;
  }
  single(value: number): number {
    this.singles[value] ??= this.of([value]);
    return this.singles[value];
  }
  /** Sorted. */
  values(id: number): readonly number[] {
    return this.all[id]!;
  }
  union(ids: ReadonlySet<number>): number {
    if (ids.size === 1) return [...ids][0]!;
    const all = new Set<number>();
    for (const id of ids) for (const value of this.values(id)) all.add(value);
    return this.idOf([...all].sort((a, b) => a - b));
  }
}

/**
 * Joins boxes that differ in one dimension alone, until no two do: fewer and more general ones that cover the same, each place
 * once. The given ones do not overlap. Later dimensions are joined first.
 */
export function mergeBoxes(boxes: readonly Box[], sets: Sets): readonly Box[] {
  let current = boxes;
  for (let size = Number.POSITIVE_INFINITY; current.length < size; ) {
    size = current.length;
    const dimensions = current[0]?.length ?? 0;
    for (let dimension = dimensions - 1; dimension >= 0; dimension--) current = mergedAlong(current, dimension, sets);
  }
  return current;
}

function mergedAlong(boxes: readonly Box[], dimension: number, sets: Sets): readonly Box[] {
  const groups = new Map<string, { readonly box: Box; readonly values: Set<number> }>();
  for (const box of boxes) {
    let key = "";
    for (let at = 0; at < box.length; at++) if (at !== dimension) key += `${box[at]},`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { box, values: new Set([box[dimension]!]) });
    else group.values.add(box[dimension]!);
  }
  if (groups.size === boxes.length) return boxes;
  return [...groups.values()].map(({ box, values }) => box.with(dimension, sets.union(values)));
}
