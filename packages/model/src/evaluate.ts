import { type Bearing, bearings } from "./bearing.ts";
import { between, evaluate, factsIn, type Moment } from "./condition.ts";
import { type BoundDuty, type BoundLimit, bareDenial, type Decision } from "./decision.ts";
import { hashModel } from "./hash.ts";
import { and, type Kleene } from "./kleene.ts";
import {
  type Expr,
  type FactName,
  type Id,
  type Interaction,
  type Model,
  pieceAges,
  reportedName,
  type Value,
} from "./model.ts";
import { type Piece, type Request, readRequest, requestId } from "./request.ts";
import { type Act, selectsChannel, selectsPurpose } from "./select.ts";
import { indexModel, type World } from "./world.ts";

/**
 * The reference evaluator: the meaning of a policy, written to be read beside the language's section 4. It is the oracle
 * that guards and analyses are tested against; where speed matters, use a guard.
 */
export interface Evaluator {
  /** Never throws; what is no proper request is denied, with `errors`. */
  decide(request: unknown): Decision;
}

/** @throws Error where the model contradicts itself; a compiled model does not. */
export function evaluator(model: Model): Evaluator {
  const decide = verdicts(indexModel(model));
  const hash = hashModel(model);
  return {
    decide: (raw) => {
      const { errors, ...decided } = decide(raw);
      return { id: safely(() => requestId(raw)) ?? null, ...decided, model: hash, errors };
    },
  };
}

/** What is decided, whoever asks and by whichever model. */
export type Verdict = Omit<Decision, "id" | "model">;

/** The evaluator of a model that is laid out already. */
export function verdicts(world: World): (request: unknown) => Verdict {
  const all = byInteraction(bearings(world));
  return (raw) => safely(() => decideRequest(world, all, raw)) ?? broken;
}

/** Rules that bear on an interaction: its own, and those that hold everywhere. */
type BearingsOn = (interaction: Id) => readonly Bearing[];

function byInteraction(all: readonly Bearing[]): BearingsOn {
  const declared = new Map<Id | null, Bearing[]>();
  for (const bearing of all) {
    const list = declared.get(bearing.interaction);
    if (list === undefined) declared.set(bearing.interaction, [bearing]);
    else list.push(bearing);
  }
  const everywhere = declared.get(null) ?? [];
  return (id) => [...everywhere, ...(declared.get(id) ?? [])];
}

function safely<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch {
    return undefined;
  }
}

const denied: Verdict = { ...bareDenial, errors: [] };
const broken: Verdict = { ...denied, errors: ["The request could not be read."] };

function decideRequest(world: World, bearingsOn: BearingsOn, raw: unknown): Verdict {
  const request = readRequest(world, raw);
  if (!("pieces" in request)) return { ...denied, errors: request };
  const rules = bearingsOn(request.interaction);
  const outcomes = request.pieces.map((piece) => decidePiece(world, rules, request, piece));
  return outcomes.every((outcome) => outcome.allowed) ? allowing(outcomes, request) : denying(outcomes, request);
}

// ----------------------------------------------------------------------------------------------------------- one piece

/** A rule that selects the piece, and how its condition came out. */
interface Selected {
  readonly rule: Bearing;
  readonly value: Kleene;
  /** Unknown facts that stand anywhere in its condition. */
  readonly unknown: readonly FactName[];
}
interface Outcome {
  readonly allowed: boolean;
  readonly inBounds: boolean;
  readonly selected: readonly Selected[];
  /** The allows that apply. */
  readonly allows: readonly Selected[];
  /** The denials that apply. */
  readonly denials: readonly Selected[];
}

function decidePiece(world: World, rules: readonly Bearing[], request: Request, piece: Piece): Outcome {
  const interaction = world.interactions.get(request.interaction) as Interaction;
  const inBounds =
    selectsPurpose(world, interaction.purposes, request.purpose, "narrow") &&
    selectsChannel(world, interaction.channels, request.channel, "narrow");
  if (!inBounds) return { allowed: false, inBounds, selected: [], allows: [], denials: [] };

  const act: Act = { ...request, field: piece.field, with: request.with?.field ?? null };
  const selected = rules
    .filter((rule) => rule.selects(act))
    .map((rule) => outcomeOf(world, request, interaction, piece, rule, rule.condition(act)));
  const allows = selected.filter(({ rule, value }) => rule.effect === "allow" && value === true);
  const denials = selected.filter(
    ({ rule, value }) => rule.effect === "deny" && rule.limit === null && value !== false,
  );
  return { allowed: allows.length > 0 && denials.length === 0, inBounds, selected, allows, denials };
}

function outcomeOf(
  world: World,
  request: Request,
  interaction: Interaction,
  piece: Piece,
  rule: Bearing,
  condition: readonly Expr[],
): Selected {
  const facts = new Map([...request.facts, ...ages(piece, request.with)]);
  const moment: Moment = {
    world,
    startedBy: interaction.startedBy,
    purpose: request.purpose,
    channel: request.channel,
    facts,
    consents: request.consents,
    objections: request.objections,
  };
  const value = and(condition.map((part) => evaluate(part, moment)));
  const mentioned = condition.flatMap((part) => factsIn(part, world.conditions));
  return { rule, value, unknown: mentioned.filter((fact) => isUnknown(moment, fact)).map(reportedName) };
}

/** For `combine`, `data.age` is that of the older piece, unknown if either is; each keeps its own beside it. */
function ages(piece: Piece, joined: Piece | null): readonly (readonly [FactName, Value])[] {
  const known = (name: FactName, age: number | undefined) => (age === undefined ? [] : [[name, age] as const]);
  if (joined === null) return known("data.age", piece.age);
  const both = piece.age !== undefined && joined.age !== undefined;
  return [
    ...known("data.age", both ? Math.max(piece.age, joined.age) : undefined),
    ...known(pieceAges.data, piece.age),
    ...known(pieceAges.with, joined.age),
  ];
}

function isUnknown({ facts, consents, objections }: Moment, fact: FactName): boolean {
  if (fact === "consents") return consents === undefined;
  if (fact === "objections") return objections === undefined;
  return !facts.has(fact);
}

// ------------------------------------------------------------------------------------------------------- the decision

function allowing(outcomes: readonly Outcome[], request: Request): Verdict {
  const allows = outcomes.flatMap((outcome) => outcome.allows).map(({ rule }) => rule);
  const binding = outcomes.flatMap((outcome) => outcome.selected).filter(({ value }) => value !== false);
  return {
    ...denied,
    decision: "allow",
    ...reasons(allows),
    told: sorted(allows.flatMap(({ told }) => told ?? [])),
    basis: sorted(allows.flatMap(({ basis }) => basis?.text ?? [])),
    duties: distinct(binding.flatMap(({ rule }) => rule.duties).map(boundDuty), textOfDuty),
    limits: distinct(
      binding.flatMap(({ rule }): BoundLimit[] => (rule.limit ? [{ rule: rule.path, ...rule.limit }] : [])),
      ({ rule }) => rule,
    ),
    precision: request.level,
  };
}

function boundDuty({ name, arguments: given }: BoundDuty): BoundDuty {
  return { name, arguments: given };
}

/** No name has a space in it, so this sorts by names first. */
function textOfDuty({ name, arguments: given }: BoundDuty): string {
  return `${name} ${JSON.stringify(given)}`;
}

function denying(outcomes: readonly Outcome[], request: Request): Verdict {
  const pieces = outcomes.filter((outcome) => !outcome.allowed);
  const { rules, because } = reasons(pieces.flatMap((piece) => piece.denials).map(({ rule }) => rule));
  const undecided = pieces.flatMap((piece) => piece.selected).filter(({ value }) => value === "unknown");
  return {
    ...denied,
    rules,
    because: sorted([...because, ...pieces.flatMap(byDefault)]),
    missing: sorted(undecided.flatMap(({ unknown }) => unknown)),
    precision: request.level,
    retryAfter: retryAfter(pieces, request),
  };
}

function reasons(rules: readonly Bearing[]): Pick<Decision, "rules" | "because"> {
  return {
    rules: sorted(rules.map(({ path }) => path)),
    because: sorted(rules.flatMap(({ because }) => because ?? [])),
  };
}

function byDefault({ inBounds, denials }: Outcome): readonly string[] {
  if (!inBounds) return ["The interaction is not for this purpose on this channel."];
  return denials.length === 0 ? ["No rule allows this."] : [];
}

/** Sorted by UTF-16 code units, without repetition. */
function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort();
}

/** Sorted by a text of each, of which two that are the same have the same; without repetition. */
function distinct<T>(items: readonly T[], textOf: (item: T) => string): readonly T[] {
  const byText = new Map(items.map((item) => [textOf(item), item]));
  return [...byText.keys()].sort().map((text) => byText.get(text) as T);
}

// -------------------------------------------------------------------------------------------------------- retry after

/** Where quiet alone denies: the seconds until the first minute that is quiet no more. */
function retryAfter(pieces: readonly Outcome[], request: Request): number | null {
  const now = request.facts.get("local_time");
  const quietAlone = pieces.every(
    ({ allows, denials }) => allows.length > 0 && denials.every(({ rule }) => rule.kind === "quiet"),
  );
  if (now === undefined || !quietAlone) return null;
  const hours = pieces.flatMap(({ selected }) => selected).flatMap(({ rule }) => quietHours(rule));
  const start = minutes(now as string);
  for (let wait = 1; wait < 1440; wait++) {
    const then = clock((start + wait) % 1440);
    if (!hours.some(([from, to]) => between(then, from, to))) return wait * 60;
  }
  return null;
}

function quietHours({ kind, quiet }: Bearing): readonly (readonly [string, string])[] {
  return kind === "quiet" && quiet ? [[quiet.from, quiet.to]] : [];
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
function clock(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}
