import type { DataPlace, PlaceSets } from "./static-places.ts";

type Known = readonly Pick<PlaceSets, "world">[];

/** Of two classes of data, two places that one request can name together; null where there are none. */
export function pairOf(
  ones: readonly number[],
  others: readonly number[],
  data: readonly DataPlace[],
  sets: Known,
): readonly [number, number] | null {
  for (const one of ones) {
    for (const other of others) if (areTogether(data[one]!, data[other]!, sets)) return [one, other];
  }
  return null;
}

/** Whether one precision can be asked for so that each of two pieces, which read it on scales of their own, comes at its level. */
export function areTogether(one: DataPlace, other: DataPlace, sets: Known): boolean {
  return sets.some(({ world }) => {
    const scales = [one, other].map(({ field }) => world.fields.get(field)?.levels ?? []);
    const rank = (place: DataPlace, levels: readonly string[], asked: string | null) =>
      place.level === null
        ? asked === null || !levels.includes(asked)
        : levels[asked === null ? 0 : Math.max(0, levels.indexOf(asked))] === place.level;
    return [null, one.level, other.level].some(
      (asked) => rank(one, scales[0]!, asked) && rank(other, scales[1]!, asked),
    );
  });
}

export function startingWith(first: number, list: readonly number[]): readonly number[] {
  return [first, ...list.filter((one) => one !== first)];
}
