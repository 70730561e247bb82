import {
  type AllowedWhere,
  type CellOf,
  type Datum,
  type Diagrams,
  FALSE,
  type InteractionSpace,
  joined,
  type Node,
  TooLargeError,
  TRUE,
} from "@scruple/analysis";
import type { Id } from "@scruple/model";
import type { Case, Cases, DataAlike } from "./cases.ts";

type Key = CellOf["key"];

/** A cell that could be allowed, and where; null where that is too complex to tell. */
export interface Allowed {
  readonly cell: CellOf;
  readonly where: AllowedWhere | null;
}

/**
 * Which data could be allowed for an operation alone, and never two of it in one request: at no facts are both allowed. Two cells
 * that are too complex to be compared are taken to get on.
 *
 * @param allowed One cell for each way in which the operation's cells are decided.
 * @param cells All of them; they are asked for where something is apart, which is rare.
 */
export function apartIn(
  space: InteractionSpace,
  allowed: ReadonlyMap<Key, Allowed>,
  cells: () => readonly CellOf[],
  cases: () => Cases,
): readonly Case[] {
  const odd = oddOnes(allowed);
  if (odd.size === 0) return [];
  const { ground, world } = space.partition;
  const known = new Map<string, boolean>();
  const areApart = (one: CellOf, other: CellOf): boolean => {
    const name = `${one.key} | ${other.key}`;
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = !isAllowedTogether(space, one, other);
    known.set(name, found);
    return found;
  };
  const pairs = new Map<string, DataAlike>();
  const numbers = new Map<unknown, number>();
  const numberOf = (one: unknown) => {
    const number = numbers.get(one) ?? numbers.size;
    numbers.set(one, number);
    return number;
  };
  const found = cases();
  const all = cells();
  for (const one of all) {
    if (!odd.has(one.key)) continue;
    for (const other of all) {
      if (other.class === one.class || other.class.places === null || one.class.places === null) continue;
      const purposes = one.purposes.filter((purpose) => other.purposes.includes(purpose));
      const routes = one.routes.filter((route) => other.routes.includes(route));
      if (purposes.length === 0 || routes.length === 0 || !areApart(one, other)) continue;
      const name = `${numberOf(one.class)} ${numberOf(other.class)}`;
      const ofBoth = pairs.get(name) ?? { places: null, data: joins(one.class.places, other.class.places) };
      pairs.set(name, ofBoth);
      found.add(ofBoth, { purposes, routes });
    }
  }
  return found.all;

  function joins(ones: readonly number[], others: readonly number[]): readonly Datum[] {
    return ones.flatMap((one) =>
      others.flatMap((other) => joined(world, ground.places[one] as Place, ground.places[other] as Place) ?? []),
    );
  }
}

type Place = { readonly field: Id; readonly level: string | null };

/**
 * Those that are not allowed at the same facts as all others. Mostly there are none: somebody who has agreed to everything and objects
 * to nothing is who most rules ask for.
 */
function oddOnes(allowed: ReadonlyMap<Key, Allowed>): ReadonlySet<Key> {
  const odd = new Set<Key>();
  /** By purpose, and null for what asks for none, where all are allowed that were seen. */
  const joint = new Map<Id | null, Node>();
  let diagrams: Diagrams | null = null;
  const plainFirst = [...allowed].sort(([, a], [, b]) => Number(a.cell.asksPurpose) - Number(b.cell.asksPurpose));
  for (const [key, { cell, where }] of plainFirst) {
    diagrams ??= where?.diagrams ?? null;
    // What has diagrams of its own was too complex to be looked at with others.
    if (where === null || diagrams === null || where.diagrams !== diagrams) continue;
    const purpose = cell.asksPurpose ? (cell.purposes[0] as Id) : null;
    const all = bothIn(diagrams, joint.get(purpose) ?? joint.get(null) ?? TRUE, where.allowed);
    if (all === FALSE) odd.add(key);
    else joint.set(purpose, all);
  }
  return odd;
}

/** Where it is too complex to tell, the first. */
function bothIn(diagrams: Diagrams, one: Node, other: Node): Node {
  try {
    return diagrams.and(one, other);
  } catch (error) {
    if (error instanceof TooLargeError) return one;
    throw error;
  }
}

function isAllowedTogether(space: InteractionSpace, one: CellOf, other: CellOf): boolean {
  try {
    return space.isAllowedTogether(one, other);
  } catch (error) {
    if (error instanceof TooLargeError) return true;
    throw error;
  }
}
