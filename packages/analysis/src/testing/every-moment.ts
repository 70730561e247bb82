import {
  type Expr,
  type FactName,
  type Id,
  isDate,
  type Moment,
  overlapping,
  pieceAges,
  type Type,
  type Value,
  within,
} from "@scruple/model";
import { type Atom, atomsOf } from "../conditions.ts";
import type { TestedCell } from "./cells.ts";

type Consents = NonNullable<Moment["consents"]>;

/**
 * For brute force: moments in which the conditions of a cell cannot but come out every way that they ever do, found without
 * any theory but that constants and their neighbours are enough. Null where there would be more than `most`.
 */
export function everyMoment(cell: TestedCell, most: number): Generator<Moment> | null {
  const atoms = [
    ...atomsOf(
      cell.world,
      cell.rules.flatMap(({ condition }) => condition),
    ),
  ];
  const facts = valuesOf(cell, atoms);
  const [consents, objections] = [listsOf(cell, atoms, "consent"), listsOf(cell, atoms, "objection")];
  let count = (consents?.length ?? Number.POSITIVE_INFINITY) * (objections?.length ?? Number.POSITIVE_INFINITY);
  for (const { values } of facts) count *= values.length;
  if (!(count <= most) || consents === null || objections === null) return null;
  return moments(cell, facts, consents, objections);
}

function* moments(
  cell: TestedCell,
  facts: readonly Candidates[],
  consents: readonly (Consents | undefined)[],
  objections: readonly (Consents | undefined)[],
): Generator<Moment> {
  const { world, startedBy, act } = cell;
  for (const some of product(facts)) {
    for (const given of consents) {
      for (const made of objections) {
        yield {
          world,
          startedBy,
          purpose: act.purpose,
          channel: act.channel,
          facts: act.with === null ? some : withOlder(some),
          consents: given,
          objections: made,
        };
      }
    }
  }
}

interface Candidates {
  readonly fact: FactName;
  readonly values: readonly (Value | undefined)[];
}

function* product(facts: readonly Candidates[]): Generator<ReadonlyMap<FactName, Value>> {
  const [first, ...others] = facts;
  if (first === undefined) return yield new Map();
  for (const rest of product(others)) {
    for (const value of first.values) yield value === undefined ? rest : new Map([...rest, [first.fact, value]]);
  }
}

/** In conditions of a pair, `data.age` is that of the older piece. */
function withOlder(facts: ReadonlyMap<FactName, Value>): ReadonlyMap<FactName, Value> {
  const [one, other] = [facts.get(pieceAges.data), facts.get(pieceAges.with)];
  return one === undefined || other === undefined
    ? facts
    : new Map([...facts, ["data.age", Math.max(one as number, other as number)]]);
}

function valuesOf(cell: TestedCell, atoms: readonly Atom[]): readonly Candidates[] {
  const mentioned = new Map<FactName, Value[]>();
  const mention = (fact: FactName, ...values: readonly Value[]) => {
    // The pieces of a pair are as old as they are, whatever conditions mention.
    const meant = fact === "data.age" && cell.act.with !== null ? Object.values(pieceAges) : [fact];
    for (const name of meant) mentioned.set(name, [...(mentioned.get(name) ?? []), ...values]);
  };
  for (const atom of atoms) {
    if (atom.op === "compare") mention(atom.fact, atom.value);
    else if (atom.op === "in") mention(atom.fact, ...atom.values);
    else if (atom.op === "between") mention(atom.fact, atom.from, atom.to);
    else if (atom.op === "contains") mention(atom.fact, atom.value);
    else if (atom.op === "fact") mention(atom.fact);
  }
  // Compared facts get each other's constants, so that their neighbours can be in any order.
  for (const atom of atoms) {
    if (atom.op !== "compareFacts") continue;
    const both = [atom.left, atom.right].flatMap((fact) => mentioned.get(fact) ?? []);
    mention(atom.left, ...both);
    mention(atom.right, ...both);
  }
  if (cell.act.with !== null) {
    const both = Object.values(pieceAges).flatMap((fact) => mentioned.get(fact) ?? []);
    for (const fact of Object.values(pieceAges)) if (mentioned.has(fact)) mention(fact, ...both);
  }
  const typeOf = (fact: FactName): Type => cell.world.facts.get(fact) ?? { kind: "duration" };
  return [...mentioned].map(([fact, values]) => ({ fact, values: [undefined, ...candidates(typeOf(fact), values)] }));
}

function candidates(type: Type, values: readonly Value[]): readonly Value[] {
  switch (type.kind) {
    case "bool":
      return [true, false];
    case "oneOf":
      return type.values;
    case "text":
      return [...new Set([...values, "elsewhere", "nowhere"])];
    case "set":
      return subsets([...new Set(values as readonly string[])].sort());
    case "time":
      return near(
        values,
        "12:00",
        1_440,
        (value) => Number(value.slice(0, 2)) * 60 + Number(value.slice(3)),
        (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`,
      );
    case "date":
      return near(
        values,
        "2026-05-05",
        Number.POSITIVE_INFINITY,
        (value) => Date.parse(value) / 86_400_000,
        (day) => new Date(day * 86_400_000).toISOString().slice(0, 10),
      ).filter((date) => isDate(date as string));
    case "int":
    case "duration": {
      const [min, max] = type.kind === "int" ? [type.min ?? -1e9, type.max ?? 1e9] : [0, 1e9];
      const numbers = values.length === 0 ? [min] : (values as readonly number[]);
      const all = numbers.flatMap((value) => [-2, -1, 0, 1, 2].map((step) => value + step));
      return [...new Set([min, max, ...all])].filter((value) => value >= min && value <= max);
    }
  }
}

function near(
  values: readonly Value[],
  usual: string,
  count: number,
  ...[read, write]: readonly [(value: string) => number, (position: number) => string]
): readonly Value[] {
  const texts = values.length === 0 ? [usual] : (values as readonly string[]);
  const all = texts.flatMap((value) => [-2, -1, 0, 1, 2].map((step) => read(value) + step));
  const inside = all.filter((position) => count === Number.POSITIVE_INFINITY || (position >= 0 && position < count));
  const ends = count === Number.POSITIVE_INFINITY ? [] : [0, count - 1];
  return [...new Set([...inside, ...ends])].map(write);
}

/** Every list of consents, or objections, to purposes that could matter; null where there are too many. */
function listsOf(
  { world, act }: TestedCell,
  atoms: readonly Atom[],
  op: "consent" | "objection",
): readonly (Consents | undefined)[] | null {
  const asked = atoms.flatMap((atom) => (atom.op === op ? [atom.purpose ?? act.purpose] : []));
  if (asked.length === 0) return [[]];
  const near = op === "objection" ? overlapping(world.purposes, asked) : above(world, asked);
  const explicit = atoms.some((atom: Expr) => atom.op === "consent" && atom.explicit);
  const ways = [...near, null].flatMap((purpose): Consents[number][] => [
    { purpose, channel: null, explicit: false },
    ...(op === "consent" && explicit ? [{ purpose, channel: act.channel, explicit: true }] : []),
  ]);
  if (ways.length > 8) return null;
  return [undefined, ...subsets(ways)];
}

function subsets<T>(list: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: 2 ** list.length }, (_, bits) => list.filter((_, index) => bits & (1 << index)));
}

function above(world: TestedCell["world"], asked: readonly Id[]): ReadonlySet<Id> {
  return new Set(world.purposes.order.filter((id) => asked.some((one) => within(world.purposes, [id]).has(one))));
}
