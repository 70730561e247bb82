import {
  type AllowedWhere,
  type CellOf,
  FALSE,
  type InteractionPartition,
  type Node,
  TooLargeError,
} from "@scruple/analysis";
import type { Id } from "@scruple/model";
import { ApartFinder } from "./apart-finder.ts";
import { conflictsAmong } from "./conflicts.ts";
import type { Levels } from "./levels.ts";
import type { Box, Spots } from "./spots.ts";

/** Fields that are never allowed in one request together with one of each of some others, where all of this is said. */
export interface Apart extends Box {
  readonly fields: readonly Id[];
  readonly others: readonly (readonly Id[])[];
  /** What all of them are joined with; null where they are asked for alone. */
  readonly with: readonly Id[] | null;
  /** Null: whatever the level. */
  readonly levels: Levels | null;
}

/** What of an operation's data could be allowed, and never together. */
export interface AllApart {
  readonly always: readonly Apart[];
  /** What is apart only if all of it is of one age: one of it has to be younger than another may be. */
  readonly atOneAge: readonly Apart[];
  /** Whether there may be more. */
  readonly isCoarse: boolean;
}

/** A cell that could be allowed, and where. */
export interface Allowed {
  readonly cell: CellOf;
  readonly where: AllowedWhere;
}

const nothing: AllApart = { always: [], atOneAge: [], isCoarse: false };

/**
 * Which data of an operation is never allowed in one request. Mostly there is none: somebody who has agreed to everything and objects
 * to nothing is who most rules ask for.
 *
 * @param decided A cell for each way in which the operation's cells are decided, by their keys.
 * @param cells All of them; they are asked for where something is apart.
 */
export function apartIn(
  partition: InteractionPartition,
  spots: Spots,
  decided: ReadonlyMap<CellOf["key"], Allowed>,
  cells: () => Iterable<CellOf>,
): AllApart {
  const [first] = decided.values();
  if (first === undefined) return nothing;
  const { diagrams, ages } = first.where;
  // What has diagrams of its own was too complex to be looked at with others.
  const compared = [...decided.values()].filter(({ where }) => where.diagrams === diagrams);
  const isCoarse = compared.length < decided.size;
  try {
    const asIs = groups(compared, ({ allowed }) => allowed).map((nodes) => conflictsAmong(diagrams, nodes));
    if (asIs.every(({ sets }) => sets.length === 0))
      return { ...nothing, isCoarse: isCoarse || asIs.some((one) => one.isCoarse) };
    const ageless = new Map<Node, Node>();
    const withoutAge = ({ allowed }: AllowedWhere) => {
      const known = ageless.get(allowed) ?? whateverAge(allowed);
      ageless.set(allowed, known);
      return known;
    };
    const always = groups(compared, withoutAge).map((nodes) => conflictsAmong(diagrams, nodes));
    const finder = new ApartFinder(partition, spots, [...cells()]);
    const whereOf = (cell: CellOf) => {
      const where = decided.get(cell.key)?.where;
      return where?.diagrams === diagrams ? where : null;
    };
    const found = finder.find(
      always.flatMap(({ sets }) => sets),
      (cell) => {
        const where = whereOf(cell);
        return where && withoutAge(where);
      },
    );
    const besides = finder.find(
      asIs.flatMap(({ sets }) => sets),
      (cell) => whereOf(cell)?.allowed ?? null,
    );
    return { always: found, atOneAge: besides, isCoarse: isCoarse || [...asIs, ...always].some((one) => one.isCoarse) };
  } catch (error) {
    if (error instanceof TooLargeError) return { ...nothing, isCoarse: true };
    throw error;
  }

  function whateverAge(allowed: Node): Node {
    const asked = new Set(diagrams.support(allowed));
    return ages.reduce((node, age) => (asked.has(age) ? whatever(node, age) : node), allowed);
  }
  function whatever(node: Node, variable: number): Node {
    const values = Array.from({ length: diagrams.arity(variable) }, (_, value) => value);
    return diagrams.any(values.map((value) => diagrams.restrict(node, variable, value)));
  }
}

/** What can be asked for one purpose: what asks for none, and what asks for that. */
function groups(all: readonly Allowed[], nodeOf: (where: AllowedWhere) => Node): readonly (readonly Node[])[] {
  const plain: Node[] = [];
  const named = new Map<Id, Node[]>();
  for (const { cell, where } of all) {
    const node = nodeOf(where);
    if (node === FALSE) continue;
    if (!cell.asksPurpose) {
      plain.push(node);
      continue;
    }
    const [purpose] = cell.purposes as [Id];
    const list = named.get(purpose);
    if (list === undefined) named.set(purpose, [node]);
    else list.push(node);
  }
  return named.size === 0 ? [plain] : [...named.values()].map((nodes) => [...plain, ...nodes]);
}
