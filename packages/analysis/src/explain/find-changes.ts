import {
  type Bearing,
  covered,
  type Decision,
  type Id,
  type Request,
  readRequest,
  selectsChannel,
  selectsPurpose,
  type World,
} from "@scruple/model";
import { nearestChanges } from "../nearest-changes.ts";
import { applyChange, type ChangeSet } from "./apply-change.ts";
import { type AskedPiece, askedOf, restricted } from "./asked.ts";
import { changeSets } from "./change-sets.ts";
import { reduced } from "./reduced.ts";

/** A smallest set of changes, and how the request is decided with them. */
export interface ExplainedChange {
  readonly set: ChangeSet;
  readonly decision: "allow" | "deny";
}

export interface Question {
  readonly world: World;
  readonly all: readonly Bearing[];
  readonly raw: Readonly<Record<string, unknown>>;
  readonly request: Request;
  /** By the reference. */
  readonly decide: (raw: unknown) => Decision;
  readonly decided: "allow" | "deny";
}

/** No more combinations of other selectors than these are asked about. */
const mostVariants = 400;

/**
 * The smallest sets of changes under which a request is decided otherwise: facts, consents and objections, other selectors
 * (channel, recipient, precision, purpose, within what the interaction is for), or both. None holds a smaller one that would
 * do, and each was tried on the reference. Smallest first.
 *
 * @throws TooLargeError
 */
export function findChanges(question: Question, most: number): readonly ExplainedChange[] {
  const found = new Map<string, ChangeSet>();
  const turns = turner(question);
  const add = (variant: ChangeSet, set: ChangeSet = {}) => {
    const whole = { ...variant, ...set };
    if (!turns(whole)) return false;
    const least = reduced(whole, question.raw, turns);
    // What does not need the other selectors is found without them, and says the same of the request as it is.
    if (Object.keys(variant).every((key) => key in least)) found.set(entriesOf(least), least);
    return true;
  };
  const one = selectorChanges(question);
  const explore = (variants: readonly ChangeSet[]) => {
    for (const variant of variants.slice(0, mostVariants)) {
      if (found.has(entriesOf(variant))) continue;
      for (const options of factChanges(question, variant, most)) options.some((set) => add(variant, set));
    }
  };
  const least = () => Math.min(...[...found.values()].map(size));
  explore([{}]);
  for (const variant of one) add(variant);
  // Both together, or two other selectors, only where less does not help.
  if (least() > 1) explore(one);
  if (least() > 2) for (const variant of pairs(one)) add(variant);
  if (found.size === 0) explore(pairs(one));
  return finest([...found.values()])
    .filter(
      (set, _, all) => !all.some((other) => size(other) < size(set) && Object.keys(other).every((key) => key in set)),
    )
    .sort((a, b) => size(a) - size(b) || rank(a) - rank(b) || (keys(a) < keys(b) ? -1 : 1))
    .slice(0, most)
    .map((set) => ({ set, decision: question.decided === "allow" ? "deny" : "allow" }));
}

/** Of changes that only differ in the level that they ask for, the first: levels were tried from fine to coarse. */
function finest(sets: readonly ChangeSet[]): readonly ChangeSet[] {
  const known = new Set<string>();
  return sets.filter((set) => {
    if (!("precision" in set)) return true;
    const rest = entriesOf({ ...set, precision: "" });
    return !known.has(rest) && known.add(rest);
  });
}

function turner({ raw, decide, decided }: Question): (set: ChangeSet) => boolean {
  const known = new Map<string, boolean>();
  return (set) => {
    const key = JSON.stringify(set);
    const result = known.get(key) ?? isTurned(decide(applyChange(raw, set)), decided);
    known.set(key, result);
    return result;
  };
}
function isTurned({ decision, errors }: Decision, before: "allow" | "deny"): boolean {
  return errors.length === 0 && decision !== before;
}

function entriesOf(set: ChangeSet): string {
  return JSON.stringify(Object.entries(set).sort());
}
function size(set: ChangeSet): number {
  return Object.keys(set).length;
}
function keys(set: ChangeSet): string {
  return Object.keys(set).sort().join();
}
/** Facts that only have to be known come before what somebody has to decide, that before another way of doing it. */
function rank(set: ChangeSet): number {
  if (Object.keys(set).some((key) => selectorKeys.has(key))) return 2;
  return "consents" in set || "objections" in set ? 1 : 0;
}
const selectorKeys: ReadonlySet<string> = new Set(["purpose", "channel", "recipient", "precision"]);

// ------------------------------------------------------------------------------------------------------------ selectors

/** Every other value of one selector that the interaction, the channel and the data leave open. */
function selectorChanges({ world, request }: Question): readonly ChangeSet[] {
  const interaction = world.interactions.get(request.interaction)!;
  const { names } = world;
  const others = (table: ReadonlyMap<string, Id>, key: string, isOpen: (id: Id) => boolean, now: Id | null) =>
    shortest(table)
      .filter(([id]) => id !== now && isOpen(id))
      .map(([, name]): ChangeSet => ({ [key]: name }));
  const reached = covered(world.recipients, world.channelOf.get(request.channel)?.reaches ?? []);
  const wholeChannel = world.channelOf.get(request.channel)?.reaches ?? [];
  const asked = request.recipients.length === 1 && wholeChannel.length !== 1 ? request.recipients[0]! : null;
  return [
    ...others(
      names.channels,
      "channel",
      (id) => selectsChannel(world, interaction.channels, id, "narrow"),
      request.channel,
    ),
    ...others(
      names.purposes,
      "purpose",
      (id) => selectsPurpose(world, interaction.purposes, id, "narrow"),
      request.purpose,
    ),
    ...others(names.recipients, "recipient", (id) => reached.has(id), asked),
    ...coarser(world, request).map((level): ChangeSet => ({ precision: level })),
  ];
}

function shortest(table: ReadonlyMap<string, Id>): readonly (readonly [Id, string])[] {
  const names = new Map<Id, string>();
  for (const [name, id] of table) if (name.length <= (names.get(id) ?? name).length) names.set(id, name);
  return [...names];
}

function coarser(world: World, request: Request): readonly string[] {
  const pieces = request.with === null ? request.pieces : [...request.pieces, request.with];
  const scales = pieces.map(({ field }) => world.fields.get(field)!.levels);
  return [...new Set(scales.flatMap((levels) => levels.slice(Math.max(0, levels.indexOf(request.level ?? "")) + 1)))];
}

function pairs(changes: readonly ChangeSet[]): readonly ChangeSet[] {
  return changes.flatMap((one, index) =>
    changes.slice(index + 1).flatMap((other) => (keys(one) === keys(other) ? [] : [{ ...one, ...other }])),
  );
}

// ---------------------------------------------------------------------------------------------------------------- facts

/** Changes of facts after a change of selectors, each with the ways in which it can be written. */
function factChanges(question: Question, variant: ChangeSet, most: number): readonly (readonly ChangeSet[])[] {
  const raw = applyChange(question.raw, variant);
  const request = readRequest(question.world, raw);
  if (!("pieces" in request)) return [];
  const asked = askedOf(question.world, question.all, request);
  if (asked === null) return [];
  const { context, pieces } = asked;
  const { diagrams, ageVariables } = context.space;
  const from = (piece: AskedPiece, kept: readonly number[]) => {
    const allowed = diagrams.all(pieces.map((one) => restricted(diagrams, one, kept)));
    const target = question.decided === "allow" ? diagrams.not(allowed) : allowed;
    const start = { raw, request, facts: piece.facts, assignment: piece.from };
    return nearestChanges(context, piece.from, target, most).map((change) => changeSets(context, start, change));
  };
  const [first] = pieces;
  if (new Set(request.pieces.map(({ age }) => age)).size === 1) return from(first, []);
  // Pieces of different ages keep theirs; or they come to be of one, which is nearest to that of one of them.
  const kinds = new Map(pieces.map((piece) => [ageVariables.map((index) => piece.from.get(index)).join(), piece]));
  return [...from(first, ageVariables), ...[...kinds.values()].flatMap((piece) => from(piece, []))];
}
