import { type Bits, bitsWhere, has } from "../bits.ts";
import type { DataPlace } from "./asked-levels.ts";
import type { PlaceSets, Places } from "./static-places.ts";

/** Of two classes of data, two places that one request can name together; null where there are none. */
export function pairOf(
  ones: readonly number[],
  others: readonly number[],
  { data, levels }: Places,
): readonly [number, number] | null {
  for (const one of ones) {
    for (const other of others) if (levels.askedFor(data[one]!, data[other]!) !== undefined) return [one, other];
  }
  return null;
}

/**
 * What decides, beside what selects them, whether places can be asked for together and which model answers: whether they have a level,
 * and which, where it is one that a model that knows the field does not know.
 */
export function partedByLevels({ data }: Places, sets: readonly PlaceSets[]): readonly Bits[] {
  const uneven = new Set<string | null>();
  for (const { ofFields, present } of sets)
    for (const [index, { level }] of data.entries())
      if (has(ofFields, index) && !has(present.data, index)) uneven.add(level);
  const where = (holds: (place: DataPlace) => boolean) => bitsWhere(data.length, (index) => holds(data[index]!));
  return [where(({ level }) => level !== null), ...[...uneven].map((one) => where(({ level }) => level === one))];
}

/** Whether a model knows both fields, and the level that is asked for of one of them. */
export function answersFor({ ofFields, present, places }: PlaceSets, pair: readonly [number, number]): boolean {
  if (!pair.every((place) => has(ofFields, place))) return false;
  const [one, other] = pair.map((place) => places.data[place]!.level);
  return one === other
    ? pair.some((place) => has(present.data, place))
    : pair.every((place) => has(present.data, place));
}

export function startingWith(first: number, list: readonly number[]): readonly number[] {
  return [first, ...list.filter((one) => one !== first)];
}
