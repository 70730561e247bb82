import type { World } from "@scruple/model";
import type { Box } from "./boxes.ts";
import { areTogether, type StaticCell, type StaticSpace } from "./static-cells.ts";

/**
 * A cell as a box of interactions, operations, data, purposes and routes. Data and routes go by their indices; the data of a pair
 * is one value: `3,4+7`.
 */
export function boxOf(cell: StaticCell): Box {
  const data = cell.with === null ? cell.data.map(String) : [`${cell.data.join(",")}+${cell.with.join(",")}`];
  return [[cell.interaction], [cell.operation], [...data].sort(), [cell.purpose], cell.routes.map(String).sort()];
}

/** The two sides of a pair's data. */
export function sidesOf(value: string): readonly [readonly number[], readonly number[]] | null {
  const at = value.indexOf("+");
  if (at < 0) return null;
  const numbers = (text: string) => text.split(",").map(Number);
  return [numbers(value.slice(0, at)), numbers(value.slice(at + 1))];
}

/** How many static combinations a box covers. A pair counts both ways round. */
export function cellCount(box: Box, { places }: StaticSpace, worlds: readonly World[]): number {
  const sets = worlds.map((world) => ({ world }));
  const [interactions, operations, data, purposes, routes] = box as [Box[0], Box[0], Box[0], Box[0], Box[0]];
  const ofData = data.map((value) => {
    const pair = sidesOf(value);
    if (pair === null) return 1;
    const [ones, others] = pair;
    const isSame = ones.length === others.length && ones.every((one) => others.includes(one));
    let count = 0;
    for (const one of ones) {
      for (const other of others) if (areTogether(places.data[one]!, places.data[other]!, sets)) count++;
    }
    return isSame ? count : 2 * count;
  });
  const perData = ofData.reduce((sum, count) => sum + count, 0);
  return interactions.length * operations.length * perData * purposes.length * routes.length;
}
