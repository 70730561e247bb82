import {
  basisCondition,
  type Expr,
  evaluate,
  type FactName,
  factsIn,
  type Id,
  type Moment,
  overlapping,
  pieceAges,
  type Type,
  type Value,
  type World,
} from "@scruple/model";
import { type Assignment, assignmentOf } from "../assignment.ts";
import { type Atom, atomsOf } from "../conditions.ts";
import type { Context } from "../context.ts";
import { clausesOf } from "../lints/clauses.ts";
import { type Node, TRUE } from "../node-store.ts";
import { type Asked, agesIn, type Outcome, type Requests } from "./requests.ts";

type Given = NonNullable<Moment["consents"]>;
/** What a request says, whatever act it is for. */
export type Situation = Pick<Moment, "facts" | "consents" | "objections">;

/**
 * All requests of a small model, one by one: a formula is the set of those of which it holds, a bit for each. Conditions come out
 * as the reference evaluator has it, and nothing is known of them but that neighbours of constants are enough.
 */
export class TriedRequests implements Requests<bigint> {
  readonly situations: readonly Situation[];
  private readonly world: World;
  private readonly full: bigint;
  private readonly moments = new Map<string, readonly Moment[]>();
  private readonly aged = new Map<Asked["age"], readonly Situation["facts"][]>();
  private readonly assignments = new Map<Context, Map<string, readonly Assignment[]>>();
  private readonly outcomes = new Map<string, Outcome<bigint>>();

  /** @param asked All that will be asked. @returns null where there are more than `most` requests to try */
  static of(world: World, asked: readonly Expr[], most: number): TriedRequests | null {
    const situations = situationsOf(world, [...atomsOf(world, asked)], most);
    return situations === null ? null : new TriedRequests(world, situations);
  }

  private constructor(world: World, situations: readonly Situation[]) {
    this.world = world;
    this.situations = situations;
    this.full = (1n << BigInt(situations.length)) - 1n;
  }

  /** The same requests of a model with the same names. */
  of(world: World): TriedRequests {
    return new TriedRequests(world, this.situations);
  }

  and(list: readonly bigint[]): bigint {
    return list.reduce((all, one) => all & one, this.full);
  }
  or(list: readonly bigint[]): bigint {
    return list.reduce((all, one) => all | one, 0n);
  }
  not(one: bigint): bigint {
    return this.full ^ one;
  }
  some(list: readonly bigint[]): Promise<boolean> {
    return Promise.resolve(list.some((one) => one !== 0n));
  }

  outcome(on: Asked, expr: Expr): Outcome<bigint> {
    const key = JSON.stringify([on.startedBy, on.purpose, on.age, expr]);
    const known = this.outcomes.get(key);
    if (known !== undefined) return known;
    const values = this.momentsOn(on).map((moment) => evaluate(expr, moment));
    const outcome = { t: bits(values.map((value) => value === true)), f: bits(values.map((value) => value === false)) };
    this.outcomes.set(key, outcome);
    return outcome;
  }

  /** The moments of all situations. */
  momentsOn(on: Asked): readonly Moment[] {
    const key = `${on.startedBy} ${on.purpose} ${on.age}`;
    const moments = this.moments.get(key) ?? this.factsOn(on).map((facts, at) => this.momentOf(on, facts, at));
    this.moments.set(key, moments);
    return moments;
  }

  private momentOf({ startedBy, purpose }: Asked, facts: Situation["facts"], at: number): Moment {
    const { consents, objections } = this.situations[at]!;
    const channel = this.world.model.channels[0]!.id;
    return { world: this.world, startedBy, purpose, channel, facts, consents, objections };
  }

  /** The facts of all situations, `data.age` among them where every age that it rests on is known. */
  private factsOn(on: Asked): readonly Situation["facts"][] {
    const names = agesIn(on, "data.age");
    const aged = ({ facts }: Situation) => {
      const ages = names.map((name) => facts.get(name));
      return ages.includes(undefined) ? facts : new Map([...facts, ["data.age", Math.max(...(ages as number[]))]]);
    };
    const made = this.aged.get(on.age) ?? this.situations.map(aged);
    this.aged.set(on.age, made);
    return made;
  }

  known(on: Asked, facts: Iterable<FactName>): bigint {
    const names = [...facts].flatMap((fact) => agesIn(on, fact));
    return this.where((one) => names.every((name) => isKnown(one, name)));
  }

  without(kind: "consent" | "explicit consent"): bigint {
    return this.where(({ consents = [] }) =>
      consents.every(({ explicit }) => kind === "explicit consent" && !explicit),
    );
  }

  /** Where a function of facts with two values is true. */
  whereTrue(on: Asked, context: Context, node: Node): bigint {
    const { diagrams } = context.space;
    const holds = (values: Assignment) => diagrams.evaluate(node, (variable) => values.get(variable)!) === TRUE;
    return bits(this.assignmentsOn(on, context).map(holds));
  }

  private assignmentsOn(on: Asked, context: Context): readonly Assignment[] {
    const known = this.assignments.get(context) ?? new Map<string, readonly Assignment[]>();
    this.assignments.set(context, known);
    const made = known.get(on.age) ?? this.momentsOn(on).map((moment) => assignmentOf(context, moment));
    known.set(on.age, made);
    return made;
  }

  private where(holds: (situation: Situation) => boolean): bigint {
    return bits(this.situations.map(holds));
  }
}

function isKnown(situation: Situation, fact: FactName): boolean {
  return fact === "consents" || fact === "objections" ? situation[fact] !== undefined : situation.facts.has(fact);
}

/** The first is the lowest bit. */
function bits(values: readonly boolean[]): bigint {
  let all = 0n;
  for (let first = (values.length - 1) & ~31; first >= 0; first -= 32) {
    let word = 0;
    for (let at = Math.min(first + 32, values.length) - 1; at >= first; at--) word = word * 2 + (values[at] ? 1 : 0);
    all = (all << 32n) | BigInt(word);
  }
  return all;
}

/** Every condition that a model has, whatever it is that brings it about. */
export function conditionsIn({ model }: World): readonly Expr[] {
  const until = (date: string | null): readonly Expr[] =>
    date === null ? [] : [{ op: "compare", operator: "<=", fact: "today", value: date }];
  const consented = (purpose: Id): readonly Expr[] => [
    { op: "consent", explicit: false, purpose },
    { op: "objection", purpose },
  ];
  const said = [
    ...model.rules.flatMap((rule) => clausesOf(rule).map(({ expr }) => expr)),
    ...model.conditions.map(({ expr }) => expr),
    ...model.promises.flatMap(({ lines }) => lines.flatMap(({ when, unless }) => [when, unless])),
  ];
  return [
    ...said.filter((expr): expr is Expr => expr !== null),
    ...model.rules.flatMap(({ basis, until: last }) => [...basisCondition(basis), ...until(last)]),
    ...model.interactions.flatMap((one) => until(one.until)),
    ...model.sources.flatMap(({ consentFor, keep }): readonly Expr[] => [
      ...(consentFor === null ? [] : consented(consentFor)),
      ...(keep === null ? [] : [{ op: "compare", operator: ">", fact: "data.age", value: keep.atMost } as const]),
    ]),
    ...model.channels.flatMap(({ quiet }): readonly Expr[] =>
      quiet === null ? [] : [{ op: "between", fact: "local_time", from: quiet.from, to: quiet.to }],
    ),
  ];
}

// ----------------------------------------------------------------------------------------------------- what there can be

function situationsOf(world: World, atoms: readonly Atom[], most: number): readonly Situation[] | null {
  const values = valuesOf(world, atoms);
  const [consents, objections] = [consentsOf(world, atoms), objectionsOf(world, atoms)];
  const count = [...values.values()].reduce((all, { length }) => all * length, consents.length * objections.length);
  if (count > most) return null;
  let facts: readonly ReadonlyMap<FactName, Value>[] = [new Map()];
  for (const [fact, list] of values)
    facts = facts.flatMap((some) =>
      list.map((value) => (value === undefined ? some : new Map([...some, [fact, value]]))),
    );
  return facts.flatMap((some) =>
    consents.flatMap((given) => objections.map((made) => ({ facts: some, consents: given, objections: made }))),
  );
}

/** Undefined for unknown. */
function valuesOf(world: World, atoms: readonly Atom[]): ReadonlyMap<FactName, readonly (Value | undefined)[]> {
  const mentioned = new Map<FactName, Set<Value>>();
  for (const atom of atoms) {
    if (atom.op === "consent" || atom.op === "objection") continue;
    const facts = factsIn(atom as Expr, world.conditions);
    const constants = constantsIn(atom);
    for (const fact of facts.flatMap((one) => (one === "data.age" ? Object.values(pieceAges) : [one]))) {
      const known = mentioned.get(fact) ?? new Set();
      mentioned.set(fact, known);
      for (const value of constants) known.add(value);
    }
  }
  // The older of two pieces is compared with what either is compared with.
  const ages = Object.values(pieceAges).flatMap((fact) => [...(mentioned.get(fact) ?? [])]);
  for (const fact of Object.values(pieceAges)) if (ages.length > 0) mentioned.set(fact, new Set(ages));
  const typeOf = (fact: FactName): Type => world.facts.get(fact) ?? { kind: "duration" };
  return new Map([...mentioned].map(([fact, some]) => [fact, [undefined, ...around(typeOf(fact), [...some])]]));
}

function constantsIn(atom: Atom): readonly Value[] {
  switch (atom.op) {
    case "compare":
    case "contains":
      return [atom.value];
    case "in":
      return atom.values;
    case "between":
      return [atom.from, atom.to];
    case "compareFacts":
      throw new Error("What is compared with each other has too many values to try.");
    default:
      return [];
  }
}

/** One value for each way in which a value can stand to constants. */
function around(type: Type, constants: readonly Value[]): readonly Value[] {
  switch (type.kind) {
    case "bool":
      return [true, false];
    case "oneOf":
      return type.values;
    case "text":
      return [...constants, "elsewhere"];
    case "set":
      return subsets(constants as readonly string[]);
    case "int":
    case "duration": {
      const [min, max] = type.kind === "int" ? [type.min, type.max] : [0, null];
      const near = (constants as readonly number[]).flatMap((value) => [value - 1, value, value + 1]);
      const inside = near.filter((value) => value >= (min ?? value) && value <= (max ?? value));
      return thinned(inside, constants as readonly number[]);
    }
    case "time": {
      const numbers = (constants as readonly string[]).map(
        (value) => Number(value.slice(0, 2)) * 60 + Number(value.slice(3)),
      );
      const near = numbers.flatMap((value) => [value - 1, value, value + 1]).map((minute) => (minute + 1_440) % 1_440);
      return thinned(near, numbers).map(
        (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`,
      );
    }
    case "date": {
      const numbers = (constants as readonly string[]).map((value) => Date.parse(value) / 86_400_000);
      const near = numbers.flatMap((value) => [value - 1, value, value + 1]);
      return thinned(near, numbers).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
    }
  }
}

/** Of numbers that stand alike to all constants, the first. */
function thinned(numbers: readonly number[], constants: readonly number[]): readonly number[] {
  const byPlace = new Map<string, number>();
  for (const one of [...numbers].sort((a, b) => a - b)) {
    const place = constants.map((constant) => Math.sign(one - constant)).join();
    if (!byPlace.has(place)) byPlace.set(place, one);
  }
  return [...byPlace.values()];
}

/** To each purpose that could matter none, a plain one or an explicit one; to all purposes at once none or one. */
function consentsOf(world: World, atoms: readonly Atom[]): readonly (Given | undefined)[] {
  const asked = purposesIn(world, atoms, "consent");
  if (asked === null) return [[]];
  const isExplicit = atoms.some((atom) => atom.op === "consent" && atom.explicit);
  const near = nameable(world, withParents(world, asked));
  return [undefined, ...lists(near, isExplicit ? [false, true] : [false])];
}

function objectionsOf(world: World, atoms: readonly Atom[]): readonly (Given | undefined)[] {
  const asked = purposesIn(world, atoms, "objection");
  if (asked === null) return [[]];
  return [undefined, ...lists(nameable(world, overlapping(world.purposes, asked)), [false])];
}

/** What is asked about; a condition that names no purpose asks about any. Null where nothing is asked. */
function purposesIn(world: World, atoms: readonly Atom[], op: "consent" | "objection"): readonly Id[] | null {
  const asked = atoms.flatMap((atom) => (atom.op === op ? [atom.purpose] : []));
  if (asked.length === 0) return null;
  return asked.includes(null) ? world.purposes.order : [...new Set(asked as Id[])];
}

function withParents(world: World, purposes: readonly Id[]): ReadonlySet<Id> {
  const found = new Set(purposes);
  for (const one of found) for (const parent of world.purposes.parents.get(one) ?? []) found.add(parent);
  return found;
}

function nameable(world: World, purposes: Iterable<Id>): readonly Id[] {
  const names = new Set(world.names.purposes.values());
  return [...purposes].filter((id) => names.has(id));
}

function lists(purposes: readonly Id[], ways: readonly boolean[]): readonly Given[] {
  const toAny: readonly Given[] = [[], [{ purpose: null, channel: null, explicit: false }]];
  return purposes.reduce(
    (all, purpose) =>
      all.flatMap((list) => [list, ...ways.map((explicit): Given => [...list, { purpose, channel: null, explicit }])]),
    toAny,
  );
}

function subsets<T>(list: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: 2 ** list.length }, (_, bit) => list.filter((_one, index) => bit & (1 << index)));
}
