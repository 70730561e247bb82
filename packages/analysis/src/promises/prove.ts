import {
  type Decision,
  type Evaluator,
  type Expr,
  evaluator,
  type Id,
  type Model,
  operations,
  type Promise_,
  type PromiseLine,
  selectsChannel,
  selectsData,
  selectsOperation,
  selectsPurpose,
  selectsRecipients,
  verdicts,
  type World,
} from "@scruple/model";
import type { Assignment } from "../assignment.ts";
import { type Cost, cheapest } from "../cheapest.ts";
import type { Context } from "../context.ts";
import { requestText } from "../describe/example.ts";
import type { FactSpace } from "../fact-space.ts";
import { FALSE, type Node } from "../node-store.ts";
import { mentionsOfAll, namesPurpose } from "../personal.ts";
import { remembered } from "../remembered.ts";
import type { CellOf } from "../space/cell-of.ts";
import { type Datum, type Route, recipientsOf } from "../space/datum.ts";
import { DecisionSpace } from "../space/decision-space.ts";
import type { Ground } from "../space/ground.ts";
import type { Cells, Scope } from "../space/interaction-partition.ts";
import type { InteractionSpace } from "../space/interaction-space.ts";
import { present } from "../space/items.ts";
import { meaningsOf } from "../space/meanings.ts";
import type { PlaceSet } from "../space/place-sets.ts";
import { type WireRequest, wireRequest } from "../space/wire-request.ts";
import { TooLargeError } from "../too-large-error.ts";
import { wireFacts } from "../wire-facts.ts";
import { fewestFacts, knownFacts, knownWitness, smallestWitness } from "../witness.ts";

/** What became of one line of a promise. */
export interface PromiseResult {
  readonly promise: Promise_;
  readonly line: PromiseLine;
  /** There are requests that it speaks of, whatever its conditions; of `never` that is not asked. */
  readonly speaks: boolean;
  /** `undecided` where it would take too much memory to know; then `reason` says why. */
  readonly status: "proved" | "refuted" | "undecided";
  readonly reason: string | null;
  /** A request, as small as can be, that is decided as the promise forbids. */
  readonly counterexample: WireRequest | null;
  /** The same in words. */
  readonly example: string | null;
  /** How the reference evaluator decides it; worked out when it is asked for. */
  readonly decision: Decision | null;
  /** The rules to blame: of `never` the allows that apply, of `always` the denials; none where it is denied by default. */
  readonly rules: readonly string[];
}

/** What one interaction says of a line; plain data, so that it outlives the space that it was found in. */
export interface LineReport {
  /** There are requests that it speaks of; of `never` that is not asked. */
  readonly speaks: boolean;
  readonly refuted: Refutation | null;
  /** Why it is not known, where it is not. */
  readonly undecided: { readonly reason: string; readonly rules: readonly string[] } | null;
}
interface Refutation {
  readonly interaction: Id;
  readonly cost: number;
  readonly counterexample: WireRequest;
  readonly example: string;
}

/** Counterexamples of one interaction that are compared in order to show a small one. */
const enough = 50;

/** Proves or refutes each line of each promise, for every request that there can be within the bounds of interactions. */
export function prove(of: Model | DecisionSpace): readonly PromiseResult[] {
  const space = of instanceof DecisionSpace ? of : new DecisionSpace(of);
  const { model } = space.world;
  const reports = model.interactions.map((interaction) => proveInside(space.of(interaction), linesOf(model)));
  return proveTogether(space.world, reports);
}

/** Every line of every promise, in their order. */
export function linesOf({ promises }: Model): readonly PromiseLine[] {
  return promises.flatMap(({ lines }) => lines);
}

/**
 * A line is proved if it is in every interaction.
 *
 * @param reports Of each interaction, one a line.
 * @param plain Where more was asked than what the policy asks: a space of that alone, for what is shown.
 */
export function proveTogether(
  world: World,
  reports: readonly (readonly LineReport[])[],
  plain: (() => DecisionSpace) | null = null,
): readonly PromiseResult[] {
  const { model } = world;
  let reference: Evaluator | null = null;
  let index = 0;
  return model.promises.flatMap((promise) =>
    promise.lines.map((line): PromiseResult => {
      const at = index++;
      const said = reports.map((report) => report[at]!);
      const speaks = said.some((one) => one.speaks);
      const result = {
        promise,
        line,
        speaks,
        reason: null,
        counterexample: null,
        example: null,
        decision: null,
        rules: [],
      };
      const refuted = said.reduce<Refutation | null>(
        (best, { refuted: one }) => (one !== null && (best === null || one.cost < best.cost) ? one : best),
        null,
      );
      if (refuted !== null) {
        const shown = plain === null ? refuted : shownIn(plain, line, refuted);
        const { counterexample, example } = shown;
        const decide = () => {
          reference ??= evaluator(model);
          return reference.decide(counterexample);
        };
        const rules = toBlame(world, shown);
        return Object.defineProperty({ ...result, counterexample, example, status: "refuted", rules }, "decision", {
          enumerable: true,
          get: decide,
        });
      }
      const undecided = said.find((one) => one.undecided !== null)?.undecided;
      return undecided ? { ...result, ...undecided, status: "undecided" } : { ...result, status: "proved" };
    }),
  );
}

const allShown = new WeakMap<Refutation, Refutation>();

/**
 * The same refutation in a space where nothing else is asked: `always` gives all facts that are asked for, and values come from the
 * constants that facts are compared with. Only what is shown is looked for again; the rest shares spaces with other questions.
 */
function shownIn(plain: () => DecisionSpace, line: PromiseLine, refuted: Refutation): Refutation {
  const known = allShown.get(refuted);
  if (known !== undefined) return known;
  const space = plain();
  const [report] = proveInside(space.of(space.world.interactions.get(refuted.interaction)!), [line]);
  const shown = report!.refuted ?? refuted;
  allShown.set(refuted, shown);
  return shown;
}

const blamed = new WeakMap<Refutation, readonly string[]>();

/** The rules that decide a counterexample; what other interactions say has no part in that. */
function toBlame(world: World, refuted: Refutation): readonly string[] {
  const known = blamed.get(refuted);
  if (known !== undefined) return known;
  const { interaction, counterexample } = refuted;
  const bearing = world.model.rules.filter((rule) => rule.interaction === null || rule.interaction === interaction);
  const { rules } = verdicts({ ...world, model: { ...world.model, rules: bearing } })(counterexample);
  blamed.set(refuted, rules);
  return rules;
}

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
        for (const one of line.covertly ? openParts(space, cell) : partsFor(space, line, cell)) {
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

/** The requests that a line speaks of: `never` of all that it touches, `always` of what it names. */
function scopeOf({ world, partition }: InteractionSpace, line: PromiseLine): Scope {
  const reading = line.modality === "never" ? "wide" : "narrow";
  const spoken = spokenIn(line, partition.ground);
  const isSpoken = (datum: Datum) => selectsData(world, line, datum, reading);
  spoken.places ??= partition.ground.placesWhere(isSpoken);
  return {
    operations: operations.filter((operation) => selectsOperation(line.operations, operation, reading)),
    places: spoken.places,
    pairs: isSpoken,
    purposes: once(spoken.purposes, (purpose) => selectsPurpose(world, line.purposes, purpose, reading)),
    routes: once(
      spoken.routes,
      (route) =>
        selectsChannel(world, line.channels, route.channel, reading) &&
        selectsRecipients(world, line.recipients, recipientsOf(world, route), reading),
    ),
    unselected: line.modality === "always",
    ...(line.modality === "never" ? { isWorth: (cells: Cells) => !partition.areDenied(cells) } : {}),
  };
}

/** What a line speaks of. Routes, and data that is asked for alone, are the same objects in all interactions of a ground. */
interface Spoken {
  /** By place. */
  places: PlaceSet | null;
  readonly purposes: Map<Id, boolean>;
  readonly routes: Map<Route, boolean>;
}

/** Lines outlive what they speak of: another ground has other objects. */
const allSpoken = new WeakMap<PromiseLine, WeakMap<Ground, Spoken>>();

function spokenIn(line: PromiseLine, ground: Ground): Spoken {
  const byGround = allSpoken.get(line) ?? new WeakMap<Ground, Spoken>();
  allSpoken.set(line, byGround);
  const known = byGround.get(ground) ?? { places: null, purposes: new Map(), routes: new Map() };
  byGround.set(ground, known);
  return known;
}

function once<T>(known: Map<T, boolean>, compute: (one: T) => boolean): (one: T) => boolean {
  return (one) => remembered(known, one, () => compute(one));
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

const asked = new WeakMap<PromiseLine, readonly Expr[]>();

/** One list for each line. */
function askedIn(line: PromiseLine): readonly Expr[] {
  const known = asked.get(line) ?? present(line.when, line.unless);
  asked.set(line, known);
  return known;
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

/** Where a line names purposes, what each purpose of a cell has to do with them decides as well, so each is looked at by itself. */
function partsFor({ world }: InteractionSpace, line: PromiseLine, cell: CellOf): readonly CellOf[] {
  return namesPurpose(mentionsOfAll(world, askedIn(line)))
    ? cell.purposes.map((purpose) => cell.part(cell.data, [purpose], cell.routes))
    : [cell];
}

/**
 * The parts of a cell on channels that reach the customer, by purpose and by route: the disclosure of one datum may be decided
 * otherwise than that of another that is used alike. Of parts whose disclosure the same rules decide, the first.
 */
function* openParts({ world, partition }: InteractionSpace, cell: CellOf): Generator<CellOf> {
  const { customer } = meaningsOf(world);
  const routes = cell.routes.filter(({ channel }) =>
    world.channelOf.get(channel)!.reaches.some((one) => customer.has(one)),
  );
  if (routes.length === 0) return;
  const seenData = new Set<number>();
  const seen = new Set<string>();
  for (const datum of cell.data) {
    if (datum.with === null) {
      const ofData = partition.placeSet(partition.ground.placeOf(datum.field, datum.level));
      if (seenData.has(ofData)) continue;
      seenData.add(ofData);
    }
    for (const purpose of cell.purposes)
      for (const route of routes) {
        if (datum.with === null) {
          const key = `${partition.disclosureOf(datum, purpose, route)} ${purpose}`;
          if (seen.has(key)) continue;
          seen.add(key);
        }
        yield cell.part([datum], [purpose], [route]);
      }
  }
}
