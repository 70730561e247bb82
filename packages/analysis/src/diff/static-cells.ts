import { type Id, type Interaction, type Operation, selectsChannel, selectsPurpose, type World } from "@scruple/model";
import {
  addAll,
  type Bits,
  bitsWhere,
  classesOf,
  has,
  intersection,
  isEmpty,
  isSame,
  meets,
  members,
} from "../bits.ts";
import { TooLargeError } from "../too-large-error.ts";
import { Dimension, type Known } from "./dimension.ts";
import { isSameContent } from "./same-content.ts";
import { haveSameVocabulary, sharedTrees, type Tree, withKeepsTogether } from "./shared-trees.ts";
import { type Item, isAllow, selectedAlone, selectsPair } from "./static-items.ts";
import { type DataPlace, PlaceSets, type Places, placesOf, type Route } from "./static-places.ts";

/** Requests of one interaction and operation that the same rules with the same exceptions select, in both models. */
export interface StaticCell {
  readonly interaction: Id;
  readonly operation: Operation;
  /** Indices, of purposes, of data (for `combine` of the first piece), of routes. */
  readonly purposes: readonly number[];
  readonly data: readonly number[];
  /** For `combine`: of the second piece, which may also stand first; else null. */
  readonly with: readonly number[] | null;
  readonly routes: readonly number[];
  /** For each model, whether it knows all the names, and the interaction is for them. */
  readonly inBounds: Sides;
}
export type Sides = readonly [boolean, boolean];

/** What selects the cells of one interaction and operation. */
export interface Selecting {
  readonly interaction: Id;
  readonly operation: Operation;
  /** Of both models; undefined where one has no such interaction. */
  readonly declared: readonly [Interaction | undefined, Interaction | undefined];
  /** Rules, each followed by its exceptions. */
  readonly items: readonly SelectingItem[];
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
   * Cells that some model may allow something in, and that the two may decide otherwise.
   *
   * @param isAsked Which interactions it is about
   */
  cells(isAsked?: (interaction: Id) => boolean): Generator<SelectedCell>;
}

/** A cell, with which of the items of its interaction and operation select it. */
export interface SelectedCell {
  readonly cell: StaticCell;
  readonly selecting: Selecting;
  readonly selected: readonly number[];
}

const operations: readonly Operation[] = ["collect", "combine", "disclose", "infer", "use"];

/** Pairs of classes of data that one interaction may have. */
const mostPairs = 4_000_000;

/** Parts what requests to two models can name into cells that are decided alike in each of them. */
export function staticSpace(worlds: readonly [World, World]): StaticSpace {
  const places = placesOf(worlds);
  const isSameVocabulary = haveSameVocabulary(worlds);
  const first = new PlaceSets(worlds[0], places);
  const sets = [first, new PlaceSets(worlds[1], places, isSameVocabulary ? first : null)] as const;
  const trees = sharedTrees(sets, isSameVocabulary);
  const shared = trees.get(null) ?? [];
  const together = withKeepsTogether(shared);
  const everywhere = new Map(
    operations.map((operation) => {
      const those = operation === "combine" ? shared : together;
      return [operation, those.filter((tree) => tree.selectsOperation(operation))] as const;
    }),
  );
  return {
    places,
    changes: changesIn(worlds, places, trees),
    *cells(isAsked = () => true) {
      for (const id of places.interactions) {
        if (!isAsked(id)) continue;
        const own = trees.get(id) ?? [];
        const cells = new Cells(id, sets);
        for (const [operation, others] of everywhere)
          yield* cells.of(operation, [...own.filter((tree) => tree.selectsOperation(operation)), ...others]);
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

interface Bounds {
  readonly purposes: Bits;
  readonly routes: Bits;
}

/** The cells of one interaction. */
class Cells {
  private readonly interaction: Id;
  private readonly sets: readonly [PlaceSets, PlaceSets];
  private readonly places: Places;
  private readonly declared: Selecting["declared"];
  private readonly bounds: readonly [Bounds, Bounds];
  /** The same names are known and in bounds on both sides, and started by the same: only rules can decide otherwise. */
  private readonly isAsBefore: boolean;
  private readonly isOtherwise: boolean;

  constructor(interaction: Id, sets: readonly [PlaceSets, PlaceSets]) {
    this.interaction = interaction;
    this.sets = sets;
    this.places = sets[0].places;
    const declared = sets.map(({ world }) => world.interactions.get(interaction));
    this.declared = [declared[0], declared[1]];
    const [a, b] = sets.map((side) => boundsOf(interaction, side)) as [Bounds, Bounds];
    this.bounds = [a, b];
    const meant = (one: Interaction | undefined) => [one?.startedBy ?? null, one?.until ?? null];
    this.isOtherwise = !isSameContent(meant(this.declared[0]), meant(this.declared[1]));
    const known = sets.map(({ present }) => present.data) as [Bits, Bits];
    this.isAsBefore =
      !this.isOtherwise && isSame(a.purposes, b.purposes) && isSame(a.routes, b.routes) && isSame(known[0], known[1]);
  }

  /** @param trees that select the operation */
  of(operation: Operation, trees: readonly Tree[]): readonly SelectedCell[] {
    const asked = trees.filter((tree) => !this.isNeverAsked(tree));
    const changed = asked.filter(({ isSame }) => !isSame);
    if (this.isAsBefore && changed.length === 0) return [];
    const spoken = this.spoken(asked, operation);
    const purposes = union(this.bounds[0].purposes, this.bounds[1].purposes);
    const routes = union(this.bounds[0].routes, this.bounds[1].routes);
    const area = { data: spoken, purposes, routes };
    if (this.isAsBefore) {
      const touched = roots(changed);
      area.purposes = intersection(
        purposes,
        unionOf(purposes, touched, (item) => item.purposes),
      );
      area.routes = intersection(
        routes,
        unionOf(routes, touched, (item) => item.routes),
      );
      if (operation !== "combine")
        area.data = intersection(
          spoken,
          unionOf(spoken, touched, (item) => selectedAlone(item, operation)),
        );
    }
    if (isEmpty(area.data) || isEmpty(area.purposes) || isEmpty(area.routes)) return [];
    const touches = (item: Item) =>
      meets(item.purposes, area.purposes) && meets(item.routes, area.routes) && meetsData(item, operation, area.data);
    const items = asked
      .filter((tree) => touches(tree.items()[0]!))
      .flatMap((tree) => tree.items().map((item) => ({ tree, item })));
    const isOtherwise = items.some(({ tree }) => !tree.isSame);
    if (!items.some(({ item }) => isAllow(item)) || (this.isAsBefore && !isOtherwise)) return [];
    const selecting: Selecting = { interaction: this.interaction, operation, declared: this.declared, items };
    return this.parted(selecting, area);
  }

  /**
   * Data is parted by all rules, purposes by those that select the data, routes by those that select both: so nothing is parted by
   * rules that have nothing to say there.
   */
  private parted(selecting: Selecting, area: Bounds & { readonly data: Bits }): readonly SelectedCell[] {
    const found: SelectedCell[] = [];
    const { interaction, operation, items } = selecting;
    const [before, after] = this.bounds;
    const parents = parentsOf(items);
    const [allows, changes] = [
      Uint8Array.from(items, ({ item }) => Number(isAllow(item))),
      Uint8Array.from(items, ({ tree }) => Number(!tree.isSame)),
    ];
    const matters = (selected: readonly number[]) =>
      selected.some((index) => allows[index] === 1) &&
      (!this.isAsBefore || selected.some((index) => changes[index] === 1));
    const dimension = (what: "purposes" | "routes") =>
      new Dimension(
        members(area[what]),
        [before[what], after[what]],
        items.map(({ item }) => item[what]),
        parents,
      );
    const [purposes, routes] = [dimension("purposes"), dimension("routes")];
    for (const data of this.data(area.data, selecting)) {
      const onData = withoutIdle(data.selected, parents);
      if (!matters(onData)) continue;
      for (const purpose of purposes.part(onData)) {
        if (!matters(purpose.selected)) continue;
        for (const route of routes.part(purpose.selected)) {
          if (!matters(route.selected)) continue;
          const inBounds: Sides = [
            data.known[0] && purpose.known[0] && route.known[0],
            data.known[1] && purpose.known[1] && route.known[1],
          ];
          if (!inBounds[0] && !inBounds[1]) continue;
          const cell: StaticCell = {
            interaction,
            operation,
            purposes: purpose.members,
            data: data.members,
            with: data.with,
            routes: route.members,
            inBounds,
          };
          found.push({ cell, selecting, selected: route.selected });
        }
      }
    }
    return found;
  }

  /** Quiet hours that are only for interactions that the customer does not start. */
  private isNeverAsked({ outboundOnly }: Tree): boolean {
    return outboundOnly && this.declared.every((one) => one === undefined || one.startedBy === "customer");
  }

  /** Data that some allow speaks of: all else is denied by default, whatever is said of it. */
  private spoken(asked: readonly Tree[], operation: Operation): Bits {
    const [here, there] = this.sets;
    const spoken = new Uint32Array(here.present.data.length);
    for (const item of roots(asked)) {
      if (!isAllow(item)) continue;
      for (const bits of dataOf(item, operation)) addAll(spoken, bits);
    }
    return intersection(spoken, union(here.present.data, there.present.data));
  }

  private *data(area: Bits, { operation, items }: Selecting): Generator<KnownData> {
    const present: readonly [Bits, Bits] = [this.sets[0].present.data, this.sets[1].present.data];
    const classes = (sets: readonly Bits[]) => classesOf(members(area), new Set([...present, ...sets]));
    const known = (place: number): Sides => [has(present[0], place), has(present[1], place)];
    if (operation !== "combine") {
      const sets = items.map(({ item }) => selectedAlone(item, operation));
      for (const list of classes(sets.filter((bits) => bits !== null))) {
        const [first] = list as [number];
        const selected = indicesWhere(sets, (bits) => bits !== null && has(bits, first));
        yield { members: list, with: null, known: known(first), selected };
      }
      return;
    }
    const { data: places } = this.places;
    const parts = items.flatMap(({ item }) => dataOf(item, operation));
    const leveled = bitsWhere(places.length, (index) => places[index]!.level !== null);
    // What levels there are decides which pairs can be asked for together.
    const ones = classes([leveled, ...parts]);
    if (ones.length ** 2 > mostPairs)
      throw new TooLargeError(mostPairs, [...new Set(items.map(({ tree }) => tree.path))], "pairs of kinds of data");
    for (const [i, one] of ones.entries()) {
      for (const other of ones.slice(i)) {
        const pair = feasible(one, other, places, this.sets);
        if (pair === null) continue;
        const [here, there] = pair.map(known) as [Sides, Sides];
        yield {
          members: startingWith(pair[0], one),
          with: startingWith(pair[1], other),
          known: [here[0] && there[0], here[1] && there[1]],
          selected: indicesWhere(items, ({ item }) => selectsPair(item, ...pair)),
        };
      }
    }
  }
}

interface KnownData extends Known {
  readonly with: readonly number[] | null;
}

function indicesWhere<T>(list: readonly T[], holds: (one: T) => boolean): readonly number[] {
  const found: number[] = [];
  for (let index = 0; index < list.length; index++) if (holds(list[index]!)) found.push(index);
  return found;
}

/** Of each item, the one that it is an exception to, which comes before it; -1 for a rule. */
function parentsOf(items: readonly SelectingItem[]): readonly number[] {
  let root = 0;
  return items.map(({ item }, index) => {
    if (item.isRule) root = index;
    return item.isRule ? -1 : root + item.exceptionTo;
  });
}

/** Items that select, without exceptions to what does not. */
function withoutIdle(items: readonly number[], parents: readonly number[]): readonly number[] {
  const selected: number[] = [];
  for (const index of items) {
    const parent = parents[index]!;
    if (parent === -1 || selected.includes(parent)) selected.push(index);
  }
  return selected;
}

function boundsOf(interaction: Id, { world, places, present }: PlaceSets): Bounds {
  const declared = world.interactions.get(interaction);
  const { purposes, routes } = places;
  if (declared === undefined)
    return { purposes: new Uint32Array(present.purposes.length), routes: new Uint32Array(present.routes.length) };
  return {
    purposes: bitsWhere(
      purposes.length,
      (index) => has(present.purposes, index) && selectsPurpose(world, declared.purposes, purposes[index]!, "narrow"),
    ),
    routes: bitsWhere(
      routes.length,
      (index) =>
        has(present.routes, index) && selectsChannel(world, declared.channels, routes[index]!.channel, "narrow"),
    ),
  };
}

function roots(trees: readonly Tree[]): readonly Item[] {
  return trees.map((tree) => tree.items()[0]!);
}

/** All data that an item has anything to do with, alone or in a pair. */
function dataOf(item: Item, operation: Operation): readonly Bits[] {
  if (operation !== "combine" || item.data === null)
    return [selectedAlone(item, operation)].filter((bits) => bits !== null);
  return [item.data, item.with].flatMap((one) => (one === null ? [] : [one.selected, one.fits]));
}
function meetsData(item: Item, operation: Operation, area: Bits): boolean {
  if (operation === "combine") return dataOf(item, operation).some((bits) => meets(bits, area));
  const bits = selectedAlone(item, operation);
  return bits !== null && meets(bits, area);
}

function union(a: Bits, b: Bits): Bits {
  const both = a.slice();
  addAll(both, b);
  return both;
}
function unionOf(like: Bits, items: readonly Item[], bitsIn: (item: Item) => Bits | null): Bits {
  const all = new Uint32Array(like.length);
  for (const item of items) {
    const bits = bitsIn(item);
    if (bits !== null) addAll(all, bits);
  }
  return all;
}

function startingWith(first: number, list: readonly number[]): readonly number[] {
  return [first, ...list.filter((one) => one !== first)];
}

/** Two places that one request can name together: it asks for one precision, which each field reads on its own scale. */
function feasible(
  ones: readonly number[],
  others: readonly number[],
  data: readonly DataPlace[],
  sets: readonly PlaceSets[],
): readonly [number, number] | null {
  for (const one of ones) {
    for (const other of others) if (areTogether(data[one]!, data[other]!, sets)) return [one, other];
  }
  return null;
}

/** Whether one precision can be asked for so that each of two pieces comes at its level. */
export function areTogether(one: DataPlace, other: DataPlace, sets: readonly Pick<PlaceSets, "world">[]): boolean {
  return sets.some(({ world }) => {
    const scales = [one, other].map(({ field }) => world.fields.get(field)?.levels ?? []);
    const rank = (place: DataPlace, levels: readonly string[], asked: string | null) =>
      place.level === null
        ? asked === null || !levels.includes(asked)
        : levels[asked === null ? 0 : Math.max(0, levels.indexOf(asked))] === place.level;
    return [null, one.level, other.level].some(
      (asked) => rank(one, scales[0]!, asked) && rank(other, scales[1]!, asked),
    );
  });
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
