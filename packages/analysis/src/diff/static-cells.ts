import { type Id, type Interaction, type Operation, operations, type World } from "@scruple/model";
import type { BitSets } from "../space/bit-sets.ts";
import type { DataPlace } from "./asked-levels.ts";
import { cellsIn } from "./interaction-cells.ts";
import { isSameContent } from "./same-content.ts";
import { haveSameVocabulary, sharedTrees, type Tree, withKeepsTogether } from "./shared-trees.ts";
import type { Item } from "./static-items.ts";
import { PlaceSets, type Places, placesOf, type Route } from "./static-places.ts";
import { InteractionScope } from "./touched.ts";

/** Requests of one interaction and operation that the same rules with the same exceptions select, in both models. */
export interface StaticCell {
  readonly interaction: Id;
  readonly operation: Operation;
  /** Indices, of purposes, of data (for `combine` of the first piece), of routes. Cells that have the same mostly share the list. */
  readonly purposes: readonly number[];
  readonly data: readonly number[];
  /** For `combine`: of the second piece, which may also stand first; else null. Each pair of classes has a list of its own. */
  readonly with: readonly number[] | null;
  readonly routes: readonly number[];
  /** For each model, whether it knows all the names, and the interaction is for them. */
  readonly inBounds: Sides;
  /** What selects it, as a set of the numbers of its interaction. */
  readonly set: number;
}
export type Sides = readonly [boolean, boolean];

/** What selects the cells of one interaction. */
export interface Selecting {
  readonly interaction: Id;
  /** Of both models; undefined where one has no such interaction. */
  readonly declared: readonly [Interaction | undefined, Interaction | undefined];
  /** Rules, each followed by its exceptions, by their numbers. The two numbers after theirs stand for what each model has in bounds. */
  readonly items: readonly SelectingItem[];
  readonly sets: BitSets;
  /** The numbers of the interaction's own rules, and of rules that bear on all; both with those of the models. */
  readonly own: number;
  readonly others: number;
}
export interface SelectingItem {
  readonly tree: Tree;
  readonly item: Item;
}

export interface StaticSpace {
  readonly places: Places;
  /** How many of an interaction's own rules are not as they were; its declaration counts as one. */
  readonly changes: ReadonlyMap<Id, number>;
  /**
   * Cells that some model may allow something in, and that the two may decide otherwise, interaction by interaction.
   *
   * @param isAsked Which interactions it is about
   */
  cells(isAsked?: (interaction: Id) => boolean): Generator<CellsOfOne>;
}

/** The cells of one interaction. */
export interface CellsOfOne {
  readonly selecting: Selecting;
  readonly cells: readonly StaticCell[];
}

/** Parts what requests to two models can name into cells that are decided alike in each of them. */
export function staticSpace(worlds: readonly [World, World]): StaticSpace {
  const places = placesOf(worlds);
  const isSameVocabulary = haveSameVocabulary(worlds);
  const first = new PlaceSets(worlds[0], places);
  const sets = [first, new PlaceSets(worlds[1], places, isSameVocabulary ? first : null)] as const;
  const trees = sharedTrees(sets, isSameVocabulary);
  const others = withKeepsTogether(trees.get(null) ?? []);
  const byOperation = new Map(
    operations.map((operation) => [operation, others.filter((tree) => tree.selectsOperation(operation))]),
  );
  return {
    places,
    changes: changesIn(worlds, places, trees),
    *cells(isAsked = () => true) {
      for (const id of places.interactions) {
        if (!isAsked(id)) continue;
        const scope = new InteractionScope(id, sets, trees.get(id) ?? [], byOperation);
        if (scope.touched.length > 0) yield cellsIn(scope, others);
      }
    },
  };
}

function changesIn(
  worlds: readonly [World, World],
  { interactions }: Places,
  trees: ReadonlyMap<Id | null, readonly Tree[]>,
): ReadonlyMap<Id, number> {
  const meant = (one: Interaction | undefined) => [one?.startedBy, one?.until, one?.purposes, one?.channels];
  const changes = new Map<Id, number>();
  for (const id of interactions) {
    const [before, after] = worlds.map((world) => meant(world.interactions.get(id)));
    const rules = (trees.get(id) ?? []).filter(({ isSame }) => !isSame).length;
    const count = rules + (isSameContent(before, after) ? 0 : 1);
    if (count > 0) changes.set(id, count);
  }
  return changes;
}

/** Of a cell, what is for some of its purposes. */
export function forPurposes(cell: StaticCell, purposes: readonly number[]): StaticCell {
  if (purposes === cell.purposes) return cell;
  const { interaction, operation, data, with: joined, routes, inBounds, set } = cell;
  return { interaction, operation, purposes, data, with: joined, routes, inBounds, set };
}

/** A place of a cell as an act names it. */
export function firstOf(
  places: Places,
  cell: StaticCell,
): { readonly data: DataPlace; readonly with: DataPlace | null; readonly purpose: Id; readonly route: Route } {
  const joined = cell.with === null ? null : places.data[cell.with[0]!]!;
  const routes = cell.routes.map((index) => places.routes[index]!);
  return {
    data: places.data[cell.data[0]!]!,
    with: joined,
    purpose: places.purposes[cell.purposes[0]!]!,
    route: routes.find(({ recipient }) => recipient === null) ?? routes[0]!,
  };
}
