import type { FactName, Id, Request, Value } from "@scruple/model";
import type { Assignment } from "../assignment.ts";
import type { Context } from "../context.ts";
import type { Change } from "../nearest-changes.ts";
import { classOf, type Domain, exampleOf, interval } from "../theory/domain.ts";
import { numberOf, valueAt } from "../theory/line.ts";
import { examplePair } from "../theory/pair.ts";
import type { PairVariable, Variable } from "../theory/variable.ts";
import { aboutName, wireFacts } from "../wire-facts.ts";
import { type ChangeSet, keyOfFact } from "./apply-change.ts";

/** The request that a change starts from: as it is written, and as it is read. */
export interface Start {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly request: Request;
  /** Known facts of the piece that the change was found for, its age included. */
  readonly facts: ReadonlyMap<FactName, Value>;
  readonly assignment: Assignment;
}

/** How a change of variables can be written; whether a way really turns the decision is for the caller to try, in this order. */
export function changeSets(context: Context, start: Start, { assignment, changed }: Change): readonly ChangeSet[] {
  const set: Record<string, unknown> = Object.fromEntries(
    changed.flatMap((variable) => Object.entries(factsOf(context, start, variable, assignment))),
  );
  for (const list of ["consents", "objections"] as const) {
    if (changed.some((variable) => isAbout(variable, list))) set[list] = listOf(context, start, assignment, list);
  }
  const age = set["data.age"];
  const ofPieces = changed.some(({ kind }) => kind === "older" || kind === "younger");
  if (age === undefined && !ofPieces) return [set];
  const { "data.age": _age, ...others } = set;
  const own = ownAges(context, start, assignment, age as number | undefined);
  const shared = { ...others, "data.age": age };
  if (hasOwnAges(start.raw)) return own.map((ages) => ({ ...others, ...ages }));
  const forget = isGiven(start.raw) ? { "data.age": null } : {};
  return [...(age === undefined ? [] : [shared]), ...own.map((ages) => ({ ...others, ...ages, ...forget }))];
}

function isGiven(raw: Start["raw"]): boolean {
  const facts = raw.facts as Readonly<Record<string, unknown>> | null | undefined;
  return facts?.["data.age"] !== undefined && facts["data.age"] !== null;
}

function isAbout(variable: Variable, list: "consents" | "objections"): boolean {
  if (variable.kind === "known") return variable.fact === list;
  return `${variable.kind}s` === list;
}

function factsOf(context: Context, start: Start, variable: Variable, assignment: Assignment): Record<string, unknown> {
  const value = assignment.get(variable.index)!;
  switch (variable.kind) {
    case "fact":
      return { [keyOfFact(variable.fact)]: nextIn(variable.fact, variable.domain, value - 1, start.facts) };
    case "pair":
      return pairValues(variable, value, start);
    case "known":
    case "member":
      if (variable.fact === "consents" || variable.fact === "objections") return {};
      return { [keyOfFact(variable.fact)]: membersOf(context, start, variable.fact, assignment) };
    default:
      return {};
  }
}

/** A clock only moves on: of a time of day, the first moment of the class comes next, be it tomorrow. */
function nextIn(fact: FactName, domain: Domain, index: number, facts: Start["facts"]): Value {
  if (fact === "local_time" && domain.kind === "line") return valueAt(domain.type, interval(domain, index)[0]);
  return nearestIn(domain, index, facts.get(fact));
}

/** The value of a class that is least far from the one there was. */
function nearestIn(domain: Domain, index: number, before: Value | undefined): Value {
  if (domain.kind === "names" || before === undefined) return exampleOf(domain, index);
  const [from, to] = interval(domain, index);
  return valueAt(domain.type, Math.min(Math.max(numberOf(domain.type, before), from), to));
}

/** Keeps one of the two facts where the other alone can make the difference. */
function pairValues({ facts, domains, combinations }: PairVariable, value: number, { facts: known }: Start) {
  const combination = combinations[value]!;
  const { left, right, relation } = combination;
  const [a, b] = facts.map((fact) => known.get(fact)) as [Value | undefined, Value | undefined];
  const key = facts.map(keyOfFact) as [string, string];
  if (left === null || right === null) {
    const side = left === null ? 1 : 0;
    const index = (side === 0 ? left : right) as number | null;
    return index === null ? {} : { [key[side]]: nearestIn(domains[side], index, known.get(facts[side])) };
  }
  const flipped = { "<": ">", ">": "<", "=": "=", "!=": "!=" } as const;
  if (a !== undefined && classOf(domains[0], a) === left) {
    const fitting = fits(domains[1], right, relation!, a, b);
    if (fitting !== undefined) return fitting === b ? {} : { [key[1]]: fitting };
  }
  if (b !== undefined && classOf(domains[1], b) === right) {
    const fitting = fits(domains[0], left, flipped[relation!], b, a);
    if (fitting !== undefined) return { [key[0]]: fitting };
  }
  const [one, other] = examplePair(...domains, combination);
  return { [key[0]]: one, [key[1]]: other };
}

/** A value of a class that stands to another value (`other relation value`) as wanted, as near to `before` as can be. */
function fits(domain: Domain, index: number, relation: string, other: Value, before?: Value): Value | undefined {
  if (domain.kind === "names") {
    if (relation === "=") return classOf(domain, other) === index ? other : undefined;
    return exampleOf(domain, index) === other ? undefined : exampleOf(domain, index);
  }
  const [first, last] = interval(domain, index);
  const bound = numberOf(domain.type, other);
  const [from, to] =
    relation === "="
      ? [Math.max(first, bound), Math.min(last, bound)]
      : relation === "<"
        ? [Math.max(first, bound + 1), last]
        : [first, Math.min(last, bound - 1)];
  if (from > to) return undefined;
  const wished = before === undefined ? bound : numberOf(domain.type, before);
  return valueAt(domain.type, Math.min(Math.max(wished, from), to));
}

/** Members that no condition mentions stay as they are. */
function membersOf(context: Context, start: Start, fact: FactName, assignment: Assignment): readonly string[] {
  const members = new Set((start.facts.get(fact) as readonly string[] | undefined) ?? []);
  for (const variable of context.variables) {
    if (variable.kind !== "member" || variable.fact !== fact) continue;
    if (assignment.get(variable.index) === 1) members.add(variable.member);
    else members.delete(variable.member);
  }
  return [...members].sort();
}

type Given = { readonly purpose: string; readonly channel: string; readonly explicit?: boolean };

/** What was given stays, if only more is needed; else everything on the request's channel is said anew, as far as it is asked for. */
function listOf(context: Context, start: Start, assignment: Assignment, list: "consents" | "objections") {
  const { request, raw } = start;
  const channel = channelName(context, request.channel);
  const before = request[list] === undefined ? [] : ((raw[list] as readonly Given[] | undefined) ?? []);
  const kind = list === "consents" ? "consent" : "objection";
  const about = context.variables.flatMap((variable) => {
    if (variable.kind !== kind) return [];
    const [was, is] = [start.assignment.get(variable.index) ?? 0, assignment.get(variable.index) ?? 0];
    return [{ name: aboutName(context, variable), was: request[list] === undefined ? 0 : was, is }];
  });
  const entry = ({ name, is }: (typeof about)[number]): Given => ({
    purpose: name,
    channel,
    ...(is === 2 ? { explicit: true } : {}),
  });
  const isLess = about.some(({ was, is }) => is < was);
  if (!isLess) return [...before, ...about.filter(({ was, is }) => is > was).map(entry)];
  return about.filter(({ is }) => is > 0).map(entry);
}

function channelName({ space }: Context, channel: Id): string {
  let shortest: string = channel;
  for (const [name, id] of space.world.names.channels) {
    if (id === channel && name.length < shortest.length) shortest = name;
  }
  return shortest;
}

// ----------------------------------------------------------------------------------------------------------------- ages

interface WrittenPiece {
  readonly field: string;
  readonly age?: unknown;
}

function written(raw: unknown): WrittenPiece {
  return typeof raw === "string" ? { field: raw } : (raw as WrittenPiece);
}
function isAged(raw: unknown): boolean {
  return typeof raw === "object" && raw !== null && "age" in raw && raw.age !== undefined && raw.age !== null;
}
function hasOwnAges({ data, with: joined }: Start["raw"]): boolean {
  return [...(Array.isArray(data) ? data : [data]), joined].some(isAged);
}

/** The same data with other ages; of a pair, each piece has its own. */
function ownAges(
  context: Context,
  { raw, request }: Start,
  assignment: Assignment,
  age: number | undefined,
): readonly ChangeSet[] {
  const aged = (piece: unknown, seconds: number | null | undefined) =>
    seconds === null || seconds === undefined ? written(piece).field : { field: written(piece).field, age: seconds };
  const each = (seconds: number | null | undefined) =>
    Array.isArray(raw.data) ? raw.data.map((piece) => aged(piece, seconds)) : aged(raw.data, seconds);
  if (request.with === null) return age === undefined ? [] : [{ data: each(age) }];
  const ages = wireFacts(context, assignment).ages ?? { data: age, with: age };
  return [{ data: each(ages.data), with: aged(raw.with, ages.with) }];
}
