import { type Id, type Interaction, type Operation, selectsChannel, selectsPurpose, type World } from "@scruple/model";
import { TooLargeError } from "../too-large-error.ts";
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
  remove,
} from "./bits.ts";
import { isSameContent } from "./same-content.ts";
import { sharedTrees, type Tree, withKeepsTogether } from "./shared-trees.ts";
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
  /**
   * Cells that some model may allow something in, and that the two may decide otherwise; with which of the items of their interaction
   * and operation select each.
   */
  cells(): Generator<{ readonly cell: StaticCell; readonly selecting: Selecting; readonly selected: Bits }>;
}

const operations: readonly Operation[] = ["collect", "combine", "disclose", "infer", "use"];

/** Pairs of classes of data that one interaction may have. */
const mostPairs = 4_000_000;

/** Parts what requests to two models can name into cells that are decided alike in each of them. */
export function staticSpace(worlds: readonly [World, World]): StaticSpace {
  const places = placesOf(worlds);
  const sets = [new PlaceSets(worlds[0], places), new PlaceSets(worlds[1], places)] as const;
  const trees = sharedTrees(sets);
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
    *cells() {
      for (const id of places.interactions) {
        const own = trees.get(id) ?? [];
        const cells = new Cells(id, sets);
        for (const [operation, others] of everywhere)
          yield* cells.of(operation, [...own.filter((tree) => tree.selectsOperation(operation)), ...others]);
      }
    },
  };
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
  *of(operation: Operation, trees: readonly Tree[]): ReturnType<StaticSpace["cells"]> {
    const asked = trees.filter((tree) => !this.isNeverAsked(tree));
    const changed = asked.filter(({ sides }) => sides !== "both");
    if (this.isAsBefore && changed.length === 0) return;
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
    if (isEmpty(area.data) || isEmpty(area.purposes) || isEmpty(area.routes)) return;
    const touches = (item: Item) =>
      meets(item.purposes, area.purposes) && meets(item.routes, area.routes) && meetsData(item, operation, area.data);
    const items = asked
      .filter((tree) => touches(tree.items()[0]!))
      .flatMap((tree) => tree.items().map((item) => ({ tree, item })));
    const allowing = bitsWhere(items.length, (index) => isAllow(items[index]!.item));
    const otherwise = bitsWhere(
      items.length,
      (index) => items[index]!.item.isRule && items[index]!.tree.sides !== "both",
    );
    if (isEmpty(allowing) || (this.isAsBefore && isEmpty(otherwise))) return;

    const selecting: Selecting = { interaction: this.interaction, operation, declared: this.declared, items };
    yield* this.parted(selecting, area, allowing, this.isAsBefore ? otherwise : null);
  }

  /**
   * Data is parted by all rules, purposes by those that select the data, routes by those that select both: so nothing is parted by
   * rules that have nothing to say there.
   *
   * @param otherwise Of what none of these items selects nothing is asked; null where all has to be looked at.
   */
  private *parted(
    selecting: Selecting,
    area: Bounds & { readonly data: Bits },
    allowing: Bits,
    otherwise: Bits | null,
  ): ReturnType<StaticSpace["cells"]> {
    const { interaction, operation, items } = selecting;
    const [before, after] = this.bounds;
    const parents = parentsOf(items);
    const purposes = selectable(area.purposes, [before.purposes, after.purposes], items, (item) => item.purposes);
    const routes = selectable(area.routes, [before.routes, after.routes], items, (item) => item.routes);
    const matters = (bits: Bits) => meets(bits, allowing) && (otherwise === null || meets(bits, otherwise));
    for (const data of this.data(area.data, selecting, otherwise)) {
      const all = withoutIdle(data.bits.slice(), parents);
      if (!matters(all)) continue;
      for (const purpose of parted(purposes, all, parents)) {
        if (!matters(purpose.bits)) continue;
        for (const route of parted(routes, purpose.bits, parents)) {
          if (!matters(route.bits)) continue;
          const inBounds: Sides = [
            data.known[0] && purpose.known[0] && route.known[0],
            data.known[1] && purpose.known[1] && route.known[1],
          ];
          if (!inBounds[0] && !inBounds[1]) continue;
          const cell: StaticCell = {
            ...{ interaction, operation, inBounds, data: data.members, with: data.with },
            ...{ purposes: purpose.members, routes: route.members },
          };
          yield { cell, selecting, selected: route.bits };
        }
      }
    }
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

  /** Places that the same items select, and that the same models know. */
  private classes(area: Bits, known: readonly [Bits, Bits], sets: readonly Bits[]): readonly Known[] {
    return classesOf(members(area), [...known, ...sets]).map((list) => ({
      members: list,
      known: [has(known[0], list[0]!), has(known[1], list[0]!)],
      bits: bitsWhere(sets.length, (index) => has(sets[index]!, list[0]!)),
    }));
  }

  /** @param otherwise Of pairs that none of these items selects, nothing is asked; null where all have to be looked at. */
  private *data(area: Bits, { operation, items }: Selecting, otherwise: Bits | null): Generator<KnownData> {
    const present: readonly [Bits, Bits] = [this.sets[0].present.data, this.sets[1].present.data];
    const none = new Uint32Array(area.length);
    if (operation !== "combine") {
      const sets = items.map(({ item }) => selectedAlone(item, operation) ?? none);
      for (const one of this.classes(area, present, sets)) yield { ...one, with: null };
      return;
    }
    const { data: places } = this.places;
    const parts = items.flatMap(({ item }) => dataOf(item, operation));
    const leveled = bitsWhere(places.length, (index) => places[index]!.level !== null);
    // What levels there are decides which pairs can be asked for together.
    const ones = this.classes(area, present, [leveled, ...parts]);
    if (ones.length ** 2 > mostPairs)
      throw new TooLargeError(mostPairs, [...new Set(items.map(({ tree }) => tree.path))], "pairs of kinds of data");
    const touching = otherwise && members(otherwise).map((index) => items[index]!.item);
    for (const [i, one] of ones.entries()) {
      for (const other of ones.slice(i)) {
        const pair = feasible(one.members, other.members, places, this.sets);
        if (pair === null || touching?.some((item) => selectsPair(item, ...pair)) === false) continue;
        yield {
          members: startingWith(pair[0], one.members),
          with: startingWith(pair[1], other.members),
          known: [one.known[0] && other.known[0], one.known[1] && other.known[1]],
          bits: bitsWhere(items.length, (index) => selectsPair(items[index]!.item, ...pair)),
        };
      }
    }
  }
}

interface Known {
  readonly members: readonly number[];
  readonly known: Sides;
  /** Which of the sets they are in. */
  readonly bits: Bits;
}
interface KnownData extends Known {
  readonly with: readonly number[] | null;
}

/** One place of a dimension, with the items that select it. */
interface Selectable {
  readonly index: number;
  readonly known: Sides;
  readonly bits: Bits;
}

function selectable(
  area: Bits,
  known: readonly [Bits, Bits],
  items: readonly SelectingItem[],
  of: (item: Item) => Bits,
): readonly Selectable[] {
  const sets = items.map(({ item }) => of(item));
  return members(area).map((index) => ({
    index,
    known: [has(known[0], index), has(known[1], index)],
    bits: bitsWhere(sets.length, (item) => has(sets[item]!, index)),
  }));
}

/** Places that the same of some items select, and that the same models know. */
function parted(places: readonly Selectable[], around: Bits, parents: Parents): readonly Known[] {
  const classes: (Known & { readonly members: number[] })[] = [];
  for (const { index, known, bits } of places) {
    const selected = withoutIdle(intersection(around, bits), parents);
    const same = classes.find(
      (one) => one.known[0] === known[0] && one.known[1] === known[1] && isSame(one.bits, selected),
    );
    if (same === undefined) classes.push({ members: [index], known, bits: selected });
    else same.members.push(index);
  }
  return classes;
}

/** Exceptions with what they are exceptions to, in an order in which the latter comes first. */
type Parents = readonly (readonly [exception: number, to: number])[];

function parentsOf(items: readonly SelectingItem[]): Parents {
  let root = 0;
  return items.flatMap(({ item }, index) => {
    if (item.isRule) root = index;
    return item.isRule ? [] : [[index, root + item.exceptionTo] as const];
  });
}

/** Takes exceptions out of a set that are exceptions to nothing in it. */
function withoutIdle(bits: Bits, parents: Parents): Bits {
  for (const [exception, to] of parents) if (has(bits, exception) && !has(bits, to)) remove(bits, exception);
  return bits;
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
