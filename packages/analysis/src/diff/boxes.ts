/** A product of sets: for each dimension the values that it may have, sorted. */
export type Box = readonly (readonly string[])[];

/**
 * Joins boxes that differ in one dimension alone, until no two do: fewer and more general ones that cover the same, each place
 * once as long as the given ones do not overlap.
 */
export function mergeBoxes(boxes: readonly Box[]): readonly Box[] {
  const sets = new Sets();
  let current = distinct(boxes.map((box) => box.map((values) => sets.of(values))));
  for (let size = Number.POSITIVE_INFINITY; current.length < size; ) {
    size = current.length;
    const dimensions = current[0]?.length ?? 0;
    for (let dimension = 0; dimension < dimensions; dimension++) current = mergedAlong(current, dimension, sets);
  }
  return current.map((box) => box.map((id) => sets.values(id)));
}

/** Sets by number, so that boxes compare fast. */
class Sets {
  private readonly ids = new Map<string, number>();
  private readonly all: (readonly string[])[] = [];

  of(values: readonly string[]): number {
    const key = values.join("\n");
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    this.ids.set(key, this.all.length);
    return this.all.push(values) - 1;
  }
  values(id: number): readonly string[] {
    return this.all[id]!;
  }
  union(ids: ReadonlySet<number>): number {
    if (ids.size === 1) return [...ids][0]!;
    return this.of([...new Set([...ids].flatMap((id) => this.values(id)))].sort());
  }
}

type Numbered = readonly number[];

function distinct(boxes: readonly Numbered[]): readonly Numbered[] {
  return [...new Map(boxes.map((box) => [box.join(), box])).values()];
}

function mergedAlong(boxes: readonly Numbered[], dimension: number, sets: Sets): readonly Numbered[] {
  const groups = new Map<string, { readonly box: Numbered; readonly values: Set<number> }>();
  for (const box of boxes) {
    const key = box.with(dimension, -1).join();
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { box, values: new Set([box[dimension]!]) });
    else group.values.add(box[dimension]!);
  }
  return [...groups.values()].map(({ box, values }) => box.with(dimension, sets.union(values)));
}
