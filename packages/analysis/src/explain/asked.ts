import type { Bearing, Request, World } from "@scruple/model";
import { type Assignment, assignmentOf } from "../assignment.ts";
import { decideCell } from "../cell.ts";
import type { Context } from "../context.ts";
import type { Diagrams } from "../diagrams.ts";
import { FactSpace } from "../fact-space.ts";
import type { Node } from "../node-store.ts";
import type { KnownFacts } from "../theory/variable.ts";
import { actOf, isInBounds, momentOf } from "./moments.ts";

/** What a request asks, as diagrams over facts: it is allowed where each of its pieces is. */
export interface Asked {
  readonly context: Context;
  /** In the order of the request; there is at least one. */
  readonly pieces: readonly [AskedPiece, ...AskedPiece[]];
}
export interface AskedPiece {
  readonly allowed: Node;
  /** What the request says of it. */
  readonly from: Assignment;
  /** Known facts, its age included. */
  readonly facts: KnownFacts;
}

/**
 * Null where the interaction is not for the request.
 *
 * @throws TooLargeError
 */
export function askedOf(world: World, all: readonly Bearing[], request: Request): Asked | null {
  if (!isInBounds(world, request)) return null;
  const { startedBy } = world.interactions.get(request.interaction)!;
  const cells = request.pieces.map((piece) => {
    const act = actOf(request, piece);
    const rules = all.filter((rule) => rule.selects(act)).map((rule) => ({ rule, condition: rule.condition(act) }));
    return { rules, moment: momentOf(world, request, piece) };
  });
  const space = new FactSpace(
    world,
    cells.flatMap(({ rules }) => rules.flatMap(({ condition }) => condition)),
  );
  const context = space.context({ startedBy, purpose: request.purpose });
  const [first, ...others] = cells.map(({ rules, moment }) => ({
    allowed: decideCell(context, rules).allowed,
    from: assignmentOf(context, moment),
    facts: moment.facts,
  }));
  return { context, pieces: [first!, ...others] };
}

/** Where a piece is allowed, if some variables stay as they are. */
export function restricted(
  diagrams: Diagrams,
  { allowed, from }: Pick<AskedPiece, "allowed" | "from">,
  kept: readonly number[],
): Node {
  return kept.reduce((node, index) => diagrams.restrict(node, index, from.get(index)!), allowed);
}
