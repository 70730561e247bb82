import type { Act, Id, Piece, Request, World } from "@scruple/model";
import { assignmentOf } from "../assignment.ts";
import type { Region } from "../diff/cell-regions.ts";
import type { StaticSpace } from "../diff/static-cells.ts";
import { momentOf } from "../explain/moments.ts";
import { TRUE } from "../node-store.ts";

/** Whether the facts of a piece of a request are in a region, whatever its static part is. */
export function regionHolds({ contextFor, where }: Region, world: World, request: Request, piece: Piece): boolean {
  const context = contextFor(request.purpose);
  const values = assignmentOf(context, momentOf(world, request, piece));
  return context.space.diagrams.evaluate(where, (variable) => values.get(variable)!) === TRUE;
}

/**
 * Whether a region is about an act, whatever the facts are; of a pair, whether forth, as its pieces stand, or back, with the ages of
 * one and the other exchanged.
 *
 * @param recipient Null where the request names none
 */
export function wayAbout(
  { problem }: Region,
  { places }: StaticSpace,
  act: Act,
  recipient: Id | null,
): "forth" | "back" | null {
  const purpose = places.purposes.indexOf(act.purpose);
  const isAt = (indices: readonly number[], field: string) =>
    indices.some((index) => {
      const place = places.data[index]!;
      return place.field === field && places.levels.comesAt(place, act.level);
    });
  const cells = problem.cells.filter(
    (cell) =>
      cell.interaction === act.interaction &&
      cell.operation === act.operation &&
      cell.purposes.includes(purpose) &&
      cell.routes.some((index) => {
        const route = places.routes[index]!;
        return route.channel === act.channel && route.recipient === recipient;
      }),
  );
  const isMet = (field: Id, joined: Id | null) =>
    cells.some((cell) => isAt(cell.data, field) && (joined === null || isAt(cell.with!, joined)));
  if (isMet(act.field, act.with)) return "forth";
  return act.with !== null && isMet(act.with, act.field) ? "back" : null;
}
