import type { Piece, Request, World } from "@scruple/model";
import { assignmentOf } from "../assignment.ts";
import type { Region } from "../diff/cell-regions.ts";
import { momentOf } from "../explain/moments.ts";
import { TRUE } from "../node-store.ts";

/** Whether the facts of a piece of a request are in a region, whatever its static part is. */
export function regionHolds({ contextFor, where }: Region, world: World, request: Request, piece: Piece): boolean {
  const context = contextFor(request.purpose);
  const values = assignmentOf(context, momentOf(world, request, piece));
  return context.space.diagrams.evaluate(where, (variable) => values.get(variable)!) === TRUE;
}
