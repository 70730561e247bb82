import type { Id, PromiseLine } from "@scruple/model";
import type { Assignment } from "../assignment.ts";
import { type Cost, cheapest } from "../cheapest.ts";
import type { Context } from "../context.ts";
import { requestText } from "../describe/example.ts";
import type { FactSpace } from "../fact-space.ts";
import { FALSE, type Node } from "../node-store.ts";
import type { CellOf } from "../space/cell-of.ts";
import type { InteractionSpace } from "../space/interaction-space.ts";
import { type WireRequest, wireRequest } from "../space/wire-request.ts";
import { TooLargeError } from "../too-large-error.ts";
import { wireFacts } from "../wire-facts.ts";
import { fewestFacts, knownFacts, knownWitness, smallestWitness } from "../witness.ts";
import { askedIn, partsOf, scopeOf } from "./spoken.ts";

/** What one interaction says of a line; plain data, so that it outlives the space that it was found in. */
export interface LineReport {
  /** There are requests that it speaks of; of `never` that is not asked. */
  readonly speaks: boolean;
  readonly refuted: Refutation | null;
  /** Why it is not known, where it is not. */
  readonly undecided: { readonly reason: string; readonly rules: readonly string[] } | null;
}
export interface Refutation {
  readonly interaction: Id;
  readonly cost: number;
  readonly counterexample: WireRequest;
  readonly example: string;
}

/** Counterexamples of one interaction that are compared in order to show a small one. */
const enough = 50;

/** What becomes of lines in one interaction depends on nothing but itself, its rules, the ground and the lines. */
export function proveInside(space: InteractionSpace, lines: readonly PromiseLine[]): readonly LineReport[] {
  return lines.map((line) => {
    let undecided: LineReport["undecided"] = null;
    const costs: Costs = new Map();
    let best: Found | null = null;
    let count = 0;
    let speaks = line.modality === "never";
    for (const cell of space.partition.cells(scopeOf(space, line))) {
      speaks = true;
      try {
        for (const one of partsOf(space, line, cell)) {
          const found = line.modality === "never" ? breach(space, line, one, costs) : gap(space, line, one, costs);
          if (found === null) continue;
          if (best === null || found.cost < best.cost) best = found;
          count++;
        }
      } catch (error) {
        if (!(error instanceof TooLargeError)) throw error;
        undecided ??= { reason: error.message, rules: error.rules };
      }
      if (count >= enough) break;
    }
    const interaction = space.partition.interaction.id;
    return { speaks, refuted: best === null ? null : { interaction, cost: best.cost, ...best.request() }, undecided };
  });
}

/** What it costs at least to make a function true. */
type Costs = Map<FactSpace, Map<Node, number>>;

interface Found {
  readonly cost: number;
  request(): Omit<Refutation, "interaction" | "cost">;
}

/** An allowed request that should not be, where `when` is not false and `unless` is not true. */
function breach(space: InteractionSpace, line: PromiseLine, cell: CellOf, costs: Costs): Found | null {
  const { context, node } = line.covertly ? hiddenBreach(space, line, cell) : plainBreach(space, line, cell);
  const { diagrams } = context.space;
  const spoken = diagrams.all([
    node,
    ...(line.when === null ? [] : [diagrams.isNotFalse(context.expression(line.when))]),
    ...(line.unless === null ? [] : [diagrams.not(diagrams.isTrue(context.expression(line.unless)))]),
  ]);
  return found(space, cell, context, spoken, costs, fewestFacts, () => smallestWitness(context.space, spoken));
}

interface Breach {
  readonly context: Context;
  readonly node: Node;
}
function plainBreach(space: InteractionSpace, line: PromiseLine, cell: CellOf): Breach {
  const { context, decision } = space.decide(cell, askedIn(line));
  return { context, node: decision.allowed };
}
function hiddenBreach(space: InteractionSpace, line: PromiseLine, cell: CellOf): Breach {
  const { context, hidden } = space.hidden(cell, askedIn(line));
  return { context, node: hidden };
}

/** A denied request with all facts known that should be allowed, where `when` is true and `unless` is false. */
function gap(space: InteractionSpace, line: PromiseLine, cell: CellOf, costs: Costs): Found | null {
  const { context, decision } = space.decide(cell, askedIn(line));
  const { diagrams } = context.space;
  const spoken = diagrams.all([
    decision.denied,
    ...(line.when === null ? [] : [diagrams.isTrue(context.expression(line.when))]),
    ...(line.unless === null ? [] : [diagrams.isTrue(diagrams.not(context.expression(line.unless)))]),
  ]);
  const ofPairs = (kind: string) => kind === "older" || kind === "younger";
  const complete = context.variables.filter(({ kind }) => cell.act.with !== null || !ofPairs(kind));
  return found(space, cell, context, spoken, costs, knownFacts, () =>
    knownWitness(
      context.space,
      spoken,
      complete.map(({ index }) => index),
    ),
  );
}

function found(
  space: InteractionSpace,
  cell: CellOf,
  context: Context,
  node: Node,
  ...[costs, cost, witness]: readonly [Costs, Cost, () => Assignment | null]
): Found | null {
  if (node === FALSE) return null;
  const known = costs.get(context.space) ?? new Map<Node, number>();
  costs.set(context.space, known);
  const least = known.get(node) ?? cheapest(context.space, node, cost)?.cost ?? Number.POSITIVE_INFINITY;
  known.set(node, least);
  if (least === Number.POSITIVE_INFINITY) return null;
  const { recipient } = cell.routes[0]!;
  const said = Number(recipient !== null) + Number(cell.act.level !== null) + Number(cell.act.with !== null);
  return {
    cost: least + said,
    request: () => {
      const facts = wireFacts(context, witness()!);
      return {
        counterexample: wireRequest(space.world, cell, facts),
        example: requestText(space.world, cell, facts),
      };
    },
  };
}
