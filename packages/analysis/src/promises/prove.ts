import {
  type Decision,
  type Evaluator,
  type Expr,
  evaluator,
  type Model,
  type Promise_,
  type PromiseLine,
  selectsChannel,
  selectsData,
  selectsOperation,
  selectsPurpose,
  selectsRecipients,
} from "@scruple/model";
import type { Assignment } from "../assignment.ts";
import { type Cost, cheapest } from "../cheapest.ts";
import type { Context } from "../context.ts";
import { requestText } from "../lints/example.ts";
import { FALSE, type Node } from "../node-store.ts";
import type { Cell } from "../space/cell.ts";
import { recipientsOf } from "../space/datum.ts";
import { DecisionSpace } from "../space/decision-space.ts";
import { present } from "../space/expressions.ts";
import { meaningsOf } from "../space/meanings.ts";
import { narrowed } from "../space/narrow.ts";
import { operations, type Scope } from "../space/partition.ts";
import { type WireRequest, wireRequest } from "../space/wire-request.ts";
import { finished } from "../steps.ts";
import { TooLargeError } from "../too-large-error.ts";
import { wireFacts } from "../wire-facts.ts";
import { fewestFacts, knownFacts, knownWitness, smallestWitness } from "../witness.ts";

/** What became of one line of a promise. */
export interface PromiseResult {
  readonly promise: Promise_;
  readonly line: PromiseLine;
  /** `undecided` where it would take too much memory to know; then `reason` says why. */
  readonly status: "proved" | "refuted" | "undecided";
  readonly reason: string | null;
  /** A request, as small as can be, that is decided as the promise forbids. */
  readonly counterexample: WireRequest | null;
  /** The same in words. */
  readonly example: string | null;
  /** How the reference evaluator decides it. */
  readonly decision: Decision | null;
  /** The rules to blame: of `never` the allows that apply, of `always` the denials; none where it is denied by default. */
  readonly rules: readonly string[];
}

/** Counterexamples that are compared in order to show a small one. */
const enough = 50;

/** Proves or refutes each line of each promise, for every request that there can be within the bounds of interactions. */
export function prove(of: Model | DecisionSpace): readonly PromiseResult[] {
  return finished(proofSteps(of));
}

/** As `prove`, in pieces of work between which something else can be done. */
export function* proofSteps(of: Model | DecisionSpace): Generator<void, readonly PromiseResult[]> {
  const space = of instanceof DecisionSpace ? of : new DecisionSpace(of);
  const { model } = space.world;
  let reference: Evaluator | null = null;
  const results: PromiseResult[] = [];
  for (const promise of model.promises) {
    for (const line of promise.lines) {
      const result = {
        promise,
        line,
        status: "proved",
        reason: null,
        counterexample: null,
        example: null,
        decision: null,
      } as const;
      try {
        const refuted = yield* refute(space, line);
        if (refuted === null) {
          results.push({ ...result, rules: [] });
          continue;
        }
        reference ??= evaluator(model);
        const decision = reference.decide(refuted.counterexample);
        results.push({ ...result, ...refuted, status: "refuted", decision, rules: decision.rules });
      } catch (error) {
        if (!(error instanceof TooLargeError)) throw error;
        results.push({ ...result, status: "undecided", reason: error.message, rules: error.rules });
      }
    }
  }
  return results;
}

interface Found {
  readonly cost: number;
  request(): Refutation;
}
type Refutation = { readonly counterexample: WireRequest; readonly example: string };

function* refute(space: DecisionSpace, line: PromiseLine): Generator<void, Refutation | null> {
  let best: Found | null = null;
  let count = 0;
  for (const cell of space.cells(scopeOf(space, line))) {
    yield;
    for (const one of line.covertly ? openRoutes(space, cell) : [cell]) {
      const found = line.modality === "never" ? breach(space, line, one) : gap(space, line, one);
      if (found === null) continue;
      if (best === null || found.cost < best.cost) best = found;
      if (++count >= enough) return best.request();
    }
  }
  return best?.request() ?? null;
}

/** The requests that a line speaks of: `never` of all that it touches, `always` of what it names. */
function scopeOf({ world }: DecisionSpace, line: PromiseLine): Scope {
  const reading = line.modality === "never" ? "wide" : "narrow";
  return {
    operations: operations.filter((operation) => selectsOperation(line.operations, operation, reading)),
    data: (datum) => selectsData(world, line, datum, reading),
    purposes: (purpose) => selectsPurpose(world, line.purposes, purpose, reading),
    routes: (route) =>
      selectsChannel(world, line.channels, route.channel, reading) &&
      selectsRecipients(world, line.recipients, recipientsOf(world, route), reading),
    unselected: line.modality === "always",
  };
}

/** An allowed request that should not be, where `when` is not false and `unless` is not true. */
function breach(space: DecisionSpace, line: PromiseLine, cell: Cell): Found | null {
  const further = present(line.when, line.unless);
  const { context, node } = line.covertly ? hiddenBreach(space, cell, further) : plainBreach(space, cell, further);
  const { diagrams } = context.space;
  const spoken = diagrams.all([
    node,
    ...(line.when === null ? [] : [diagrams.isNotFalse(context.expression(line.when))]),
    ...(line.unless === null ? [] : [diagrams.not(diagrams.isTrue(context.expression(line.unless)))]),
  ]);
  return found(space, cell, context, spoken, fewestFacts, () => smallestWitness(context.space, spoken));
}

function plainBreach(space: DecisionSpace, cell: Cell, further: readonly Expr[]): { context: Context; node: Node } {
  const { context, decision } = further.length === 0 ? space.decide(cell) : space.together([cell], further)[0]!;
  return { context, node: decision.allowed };
}
function hiddenBreach(space: DecisionSpace, cell: Cell, further: readonly Expr[]): { context: Context; node: Node } {
  const { context, hidden } = space.hidden(cell, further);
  return { context, node: hidden };
}

/** A denied request with all facts known that should be allowed, where `when` is true and `unless` is false. */
function gap(space: DecisionSpace, line: PromiseLine, cell: Cell): Found | null {
  const { context, decision } = space.together([cell], present(line.when, line.unless))[0]!;
  const { diagrams } = context.space;
  const spoken = diagrams.all([
    decision.denied,
    ...(line.when === null ? [] : [diagrams.isTrue(context.expression(line.when))]),
    ...(line.unless === null ? [] : [diagrams.isTrue(diagrams.not(context.expression(line.unless)))]),
  ]);
  const ofPairs = (kind: string) => kind === "older" || kind === "younger";
  const complete = context.variables.filter(({ kind }) => cell.act.with !== null || !ofPairs(kind));
  return found(space, cell, context, spoken, knownFacts, () =>
    knownWitness(
      context.space,
      spoken,
      complete.map(({ index }) => index),
    ),
  );
}

function found(
  space: DecisionSpace,
  cell: Cell,
  context: Context,
  node: Node,
  ...[cost, witness]: readonly [Cost, () => Assignment | null]
): Found | null {
  if (node === FALSE) return null;
  const least = cheapest(context.space, node, cost);
  if (least === null) return null;
  const { recipient } = cell.routes[0]!;
  const said = Number(recipient !== null) + Number(cell.act.level !== null) + Number(cell.act.with !== null);
  return {
    cost: least.cost + said,
    request: () => {
      const facts = wireFacts(context, witness()!);
      return {
        counterexample: wireRequest(space.world, cell, facts),
        example: requestText(space.world, cell, facts),
      };
    },
  };
}

/**
 * The parts of a cell on channels that reach the customer, by purpose and by route: the disclosure of one datum may be decided
 * otherwise than that of another that is used alike.
 */
function* openRoutes(space: DecisionSpace, cell: Cell): Generator<Cell> {
  const { world } = space;
  const { customer } = meaningsOf(world);
  for (const datum of cell.data)
    for (const purpose of cell.purposes)
      for (const route of cell.routes) {
        if (!world.channelOf.get(route.channel)!.reaches.some((one) => customer.has(one))) continue;
        const one = narrowed(world, cell, {
          data: (other) => other === datum,
          purposes: (other) => other === purpose,
          routes: (other) => other === route,
        });
        if (one !== null) yield one;
      }
}
