import type { Value } from "@scruple/model";
import { classCount, classOf, type Domain, exampleOf, interval, type LineDomain, preferred } from "./domain.ts";
import { ends, numberOf, valueAt } from "./line.ts";

/** How the left one of two known values stands to the right one. */
export type Relation = "<" | "=" | ">" | "!=";

/**
 * What is known of two facts that are compared with each other: the class of each, null where it is unknown, and their
 * relation, null unless both are known. Of values in a line it is `<`, `=` or `>`, of others `=` or `!=`.
 */
export interface Combination {
  readonly left: number | null;
  readonly right: number | null;
  readonly relation: Relation | null;
}

/**
 * Every feasible combination, those with an unknown first. For one class on the left, those on the right ascend, so that a
 * comparison of the two parts them into few runs.
 */
export function* combinations(left: Domain, right: Domain): Generator<Combination> {
  const [onLeft, onRight] = [classCount(left), classCount(right)];
  yield { left: null, right: null, relation: null };
  for (let j = 0; j < onRight; j++) yield { left: null, right: j, relation: null };
  for (let i = 0; i < onLeft; i++) yield { left: i, right: null, relation: null };
  for (let i = 0; i < onLeft; i++) {
    for (let j = 0; j < onRight; j++) {
      for (const relation of relations(left, i, right, j)) yield { left: i, right: j, relation };
    }
  }
}

/** How many of them have an unknown. */
export function combinationsWithUnknown(left: Domain, right: Domain): number {
  return 1 + classCount(left) + classCount(right);
}

/** An upper bound of their number, found without making them. */
export function mostCombinations(left: Domain, right: Domain): number {
  return (classCount(left) + 1) * (classCount(right) + 1) + 2 * (classCount(left) + classCount(right));
}

function relations(left: Domain, i: number, right: Domain, j: number): readonly Relation[] {
  if (left.kind === "line" && right.kind === "line") {
    const [a, b] = [interval(left, i), interval(right, j)];
    return [
      ...(a[1] > b[0] ? [">" as const] : []),
      ...(a[0] <= b[1] && b[0] <= a[1] ? ["=" as const] : []),
      ...(a[0] < b[1] ? ["<" as const] : []),
    ];
  }
  const [one, other] = [exampleOf(left, i), exampleOf(right, j)];
  const bothOther = isOther(left, i) && isOther(right, j);
  return bothOther ? ["=", "!="] : one === other ? ["="] : ["!="];
}

function isOther(domain: Domain, index: number): boolean {
  return domain.kind === "names" && index === domain.values.length;
}

/** Values of both facts that make a combination true; undefined for unknown. */
export function examplePair(
  left: Domain,
  right: Domain,
  { left: i, right: j, relation }: Combination,
): readonly [Value | undefined, Value | undefined] {
  if (i === null || j === null)
    return [i === null ? undefined : exampleOf(left, i), j === null ? undefined : exampleOf(right, j)];
  if (left.kind === "line" && right.kind === "line") {
    const [a, b] = linePair(left, i, right, j, relation as Relation);
    return [valueAt(left.type, a), valueAt(right.type, b)];
  }
  const [one, other] = [exampleOf(left, i), exampleOf(right, j)];
  // The one case in which two classes leave the relation open: two texts that are not mentioned.
  if (!(isOther(left, i) && isOther(right, j))) return [one, other];
  return relation === "=" ? [one, one] : [one, unmentioned(right, other as string)];
}

/** A second text that nobody mentions. */
function unmentioned(domain: Domain, first: string): string {
  let text = `${first} one`;
  while (classOf(domain, text) !== classOf(domain, first)) text += "!";
  return text;
}

function linePair(
  left: LineDomain,
  i: number,
  right: LineDomain,
  j: number,
  relation: Relation,
): readonly [number, number] {
  const [a, b] = [interval(left, i), interval(right, j)];
  if (relation === "=") {
    const [first, last] = [Math.max(a[0], b[0]), Math.min(a[1], b[1])];
    const both = preferred([first, last], ends(left.type));
    return [both, both];
  }
  if (relation === ">") {
    const [y, x] = ascending(b, a, numberOf(right.type, exampleOf(right, j)));
    return [x, y];
  }
  return ascending(a, b, numberOf(left.type, exampleOf(left, i)));
}

/** Two numbers, the first less than the second, each in its interval; the first as near as can be to the one wished for. */
function ascending(
  low: readonly [number, number],
  high: readonly [number, number],
  wished: number,
): readonly [number, number] {
  const first = Math.min(wished, low[1], high[1] - 1);
  return [first, Math.max(high[0], first + 1)];
}
