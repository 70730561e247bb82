/** A product of sets: for each dimension the values that it may have, sorted. */
export type Box = readonly (readonly string[])[];

/**
 * Joins boxes that differ in one dimension alone, until no two do: fewer and more general ones that cover the same, each place
 * once as long as the given ones do not overlap.
 */
export function mergeBoxes(boxes: readonly Box[]): readonly Box[] {
  let current = distinct(boxes);
  for (let size = Number.POSITIVE_INFINITY; current.length < size; ) {
    size = current.length;
    const dimensions = current[0]?.length ?? 0;
    for (let dimension = 0; dimension < dimensions; dimension++) current = mergedAlong(current, dimension);
  }
  return current;
}

function distinct(boxes: readonly Box[]): readonly Box[] {
  return [...new Map(boxes.map((box) => [JSON.stringify(box), box])).values()];
}

function mergedAlong(boxes: readonly Box[], dimension: number): readonly Box[] {
  const groups = new Map<string, Box[]>();
  for (const box of boxes) {
    const key = JSON.stringify(box.filter((_, index) => index !== dimension));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [box]);
    else group.push(box);
  }
  return [...groups.values()].map((group) =>
    group[0]!.map((values, index) =>
      index === dimension ? [...new Set(group.flatMap((box) => box[dimension]!))].sort() : values,
    ),
  );
}
