import type * as syntax from "@scruple/syntax";
import { type Node, walk } from "@scruple/syntax";
import type { PolicyScope } from "../binder/scope.ts";
import { mixedUnits } from "../diagnostics/logic/mixed-units.ts";
import type { Unit } from "../unit.ts";

interface Placed {
  readonly unit: Unit;
  readonly node: syntax.DurationLiteral;
  /** The declarations that it stands in, innermost first. */
  readonly around: readonly syntax.Decorated[];
}

/** One that looks like another. */
interface Mixed extends Pick<Placed, "unit" | "around"> {
  readonly finding: syntax.Finding;
}

const day = 86_400;
/** So many of a smaller unit are taken for one of a larger, and are a little less. */
const alike = [
  { small: "month", times: 12, large: "year" },
  { small: "week", times: 4, large: "month" },
  { small: "week", times: 52, large: "year" },
] as const;

/** Durations of a policy that look the same as another of it, and differ. In pieces of work, one a file. */
export function* mixedUnitsIn(scope: PolicyScope): Generator<void, readonly Mixed[]> {
  const all: Durations[] = [];
  for (const unit of scope.units) {
    all.push(durationsIn(unit));
    yield;
  }
  const first = new Map<string, Placed>();
  for (const { first: own } of all) for (const [key, one] of own) if (!first.has(key)) first.set(key, one);
  return all.flatMap(({ list }) => list.flatMap((one) => mixed(one, first)));
}

function mixed({ unit, node, around }: Placed, first: ReadonlyMap<string, Placed>): readonly Mixed[] {
  const same = alike
    .filter(({ small, times }) => node.unit === small && node.count > 0 && node.count % times === 0)
    .map(({ times, large }) => first.get(`${node.count / times} ${large}`))
    .find((one) => one !== undefined);
  if (same === undefined) return [];
  const text = written(same.unit, same.node);
  const related = [
    { file: same.unit.path, start: same.node.start, end: same.node.end, message: `\`${text}\` stands here.` },
  ];
  const days = (seconds: number) => String(seconds / day);
  // The first changes what is decided, so which one is meant is for people to say.
  const fixes = [text, `${days(node.seconds)} days`].map((other) => ({
    title: `Write \`${other}\``,
    edits: [{ start: node.start, end: node.end, text: other }],
  }));
  const words = [written(unit, node), days(node.seconds), text, days(same.node.seconds)] as const;
  return [{ unit, around, finding: mixedUnits.at(node, [...words], { related, fixes }) }];
}

/** The count and the unit alone: between them there may be comments. */
function written(unit: Unit, node: syntax.DurationLiteral): string {
  const text = unit.text.slice(node.start, node.end);
  return `${/^-?\d+/.exec(text)?.[0]} ${/\w+$/.exec(text)?.[0]}`;
}

interface Durations {
  readonly list: readonly Placed[];
  /** The first of those that are written alike, by count and unit. */
  readonly first: ReadonlyMap<string, Placed>;
}

/** Files are kept from one compilation to the next, and what stands in them with them. */
const known = new WeakMap<Unit, Durations>();

/** Every duration in a file but those of tests, which speak of single requests. */
function durationsIn(unit: Unit): Durations {
  const before = known.get(unit);
  if (before !== undefined) return before;
  const list = collected(unit);
  const first = new Map<string, Placed>();
  for (const one of list) {
    const key = `${one.node.count} ${one.node.unit}`;
    if (!first.has(key)) first.set(key, one);
  }
  // Others look like nothing else.
  const made = { list: list.filter(({ node }) => alike.some(({ small }) => node.unit === small)), first };
  known.set(unit, made);
  return made;
}

/** Those in units of which another could be taken for so many; they are looked for only where their names stand. */
function collected(unit: Unit): readonly Placed[] {
  const names = Array.from(unit.text.matchAll(/week|month|year/g), ({ index }) => index);
  const found: Placed[] = [];
  const holders: (Node & syntax.Decorated)[] = [];
  const look = (node: Node): boolean => {
    if (!standsWithin(names, node)) return false;
    while ((holders.at(-1)?.end ?? node.end) < node.end) holders.pop();
    if ("annotations" in node) holders.push(node);
    if (node.kind === "duration") found.push({ unit, node, around: holders.toReversed() });
    return true;
  };
  for (const declaration of unit.tree.file.declarations) if (declaration.kind !== "test") walk(declaration, look);
  return found.sort((a, b) => a.node.start - b.node.start);
}

/** @param places In ascending order. */
function standsWithin(places: readonly number[], { start, end }: syntax.Range): boolean {
  let low = 0;
  for (let high = places.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (places[middle]! < start) low = middle + 1;
    else high = middle;
  }
  return low < places.length && places[low]! < end;
}
