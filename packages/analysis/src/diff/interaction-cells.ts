import { addAll, type Bits, classesOf, members } from "../bits.ts";
import { BitSets } from "../space/bit-sets.ts";
import { Parting } from "../space/parting.ts";
import { TooLargeError } from "../too-large-error.ts";
import { answersFor, pairOf, partedByLevels, startingWith } from "./pairs.ts";
import { selectingSets } from "./selecting-sets.ts";
import type { Tree } from "./shared-trees.ts";
import type { CellsOfOne, Selecting, SelectingItem, Sides, StaticCell } from "./static-cells.ts";
import { dataOf, isAllow, selectedAlone, selectsPair } from "./static-items.ts";
import type { Bounds, InteractionScope, Touched } from "./touched.ts";

/** Pairs of classes of data that one interaction may have. */
const mostPairs = 4_000_000;

/**
 * Data is parted by all rules, purposes by those that select the data, routes by those that select both: so nothing is parted by
 * rules that have nothing to say there.
 *
 * @param others All rules that bear on all interactions
 */
export function cellsIn(scope: InteractionScope, others: readonly Tree[]): CellsOfOne {
  const parter = new Parter(scope, others);
  const cells: StaticCell[] = [];
  for (const touched of scope.touched) parter.addTo(cells, touched);
  return { selecting: parter.selecting, cells };
}

/** Data that the same selects, alone or in a pair. */
interface DataClass extends Pick<StaticCell, "data" | "with"> {
  readonly set: number;
}

const inOne: readonly Sides[] = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
];

class Parter {
  readonly selecting: Selecting;
  private readonly scope: InteractionScope;
  private readonly items: readonly SelectingItem[];
  /** Of each item, the one that it is an exception to, which comes before it; -1 for a rule. */
  private readonly parents: readonly number[];
  private readonly sets: BitSets;
  private readonly allows: number;
  private readonly changes: number;
  private readonly purposes: Parting<number>;
  private readonly routes: Parting<number>;

  constructor(scope: InteractionScope, others: readonly Tree[]) {
    this.scope = scope;
    const touched = new Set<Tree>();
    for (const { trees } of scope.touched) for (const tree of trees) touched.add(tree);
    const items: SelectingItem[] = [];
    for (const trees of [scope.own, others])
      for (const tree of trees) if (touched.has(tree)) for (const item of tree.items()) items.push({ tree, item });
    const sets = new BitSets(items.length + 2);
    this.items = items;
    this.sets = sets;
    this.parents = parentsOf(items);
    const where = (holds: (one: SelectingItem) => boolean, ...more: readonly number[]) =>
      sets.of([...indicesWhere(items, holds), ...more]);
    const sides = [items.length, items.length + 1];
    const { interaction, declared } = scope;
    this.selecting = {
      interaction,
      declared,
      items,
      sets,
      own: where(({ tree }) => tree.interaction !== null, ...sides),
      others: where(({ tree }) => tree.interaction === null, ...sides),
    };
    this.allows = where(({ item }) => isAllow(item));
    this.changes = where(({ tree }) => !tree.isSame);
    this.purposes = this.parting("purposes");
    this.routes = this.parting("routes");
  }

  addTo(cells: StaticCell[], touched: Touched): void {
    const { interaction } = this.scope;
    const { operation } = touched;
    for (const { data, with: joined, set: onData } of this.data(touched)) {
      if (!this.matters(onData)) continue;
      for (const { members: purposes, selecting: ofPurposes } of this.purposes.part(onData)) {
        const forPurposes = this.sets.both(onData, ofPurposes);
        if (!this.matters(forPurposes)) continue;
        for (const { members: routes, selecting } of this.routes.part(forPurposes)) {
          const set = this.sets.both(forPurposes, selecting);
          const inBounds = this.inBounds(set);
          if (!this.matters(set) || inBounds === inOne[0]) continue;
          cells.push({ interaction, operation, purposes, data, with: joined, routes, inBounds, set });
        }
      }
    }
  }

  private matters(set: number): boolean {
    return this.sets.meet(set, this.allows) && (!this.scope.isAsBefore || this.sets.meet(set, this.changes));
  }
  private inBounds(set: number): Sides {
    const { length } = this.items;
    return inOne[(this.sets.has(set, length) ? 1 : 0) + (this.sets.has(set, length + 1) ? 2 : 0)]!;
  }

  private parting(what: keyof Bounds): Parting<number> {
    const { sets, scope } = this;
    const all = scope.touched[0]![what].slice();
    for (const touched of scope.touched) addAll(all, touched[what]);
    const places = members(all);
    const selecting = this.selectingIn(all, (index) => this.items[index]!.item[what], [
      scope.bounds[0][what],
      scope.bounds[1][what],
    ]);
    const [some, each] = [selecting.reduce((a, b) => sets.either(a, b)), selecting.reduce((a, b) => sets.both(a, b))];
    return new Parting(places, selecting, sets.without(some, each), sets);
  }

  private *data({ operation, data: area, trees }: Touched): Generator<DataClass> {
    const meant = new Set(trees);
    const present = [this.scope.sets[0].present.data, this.scope.sets[1].present.data] as const;
    if (operation === "combine") {
      yield* this.pairs(area, (index) => meant.has(this.items[index]!.tree));
      return;
    }
    const bitsOf = (index: number) => {
      const { tree, item } = this.items[index]!;
      return meant.has(tree) ? selectedAlone(item, operation) : null;
    };
    const places = members(area);
    const selecting = this.selectingIn(area, bitsOf, present);
    const classes = new Map<number, number[]>();
    for (let index = 0; index < places.length; index++) {
      const known = classes.get(selecting[index]!);
      if (known === undefined) classes.set(selecting[index]!, [places[index]!]);
      else known.push(places[index]!);
    }
    for (const [set, data] of classes) yield { data, with: null, set };
  }

  /** @param sides What each model has in bounds */
  private selectingIn(
    area: Bits,
    bitsOf: (index: number) => Bits | null,
    sides: readonly [Bits, Bits],
  ): readonly number[] {
    const { length } = this.items;
    const all = (number: number) => (number < length ? bitsOf(number) : sides[number - length]!);
    return selectingSets(area, length + 2, all, this.parents, this.sets);
  }

  private *pairs(area: Bits, isMeant: (index: number) => boolean): Generator<DataClass> {
    const { scope, sets } = this;
    const { places } = scope.sets[0];
    const meant = indicesWhere(this.items, (_, index) => isMeant(index));
    const parts = meant.flatMap((index) => dataOf(this.items[index]!.item, "combine"));
    const known = scope.sets.flatMap(({ ofFields, present }) => [ofFields, present.data]);
    const ones = classesOf(members(area), new Set([...known, ...partedByLevels(places, scope.sets), ...parts]));
    if (ones.length ** 2 > mostPairs) {
      const paths = new Set(meant.map((index) => this.items[index]!.tree.path));
      throw new TooLargeError(mostPairs, [...paths], "pairs of kinds of data");
    }
    for (const [i, one] of ones.entries()) {
      for (const other of ones.slice(i)) {
        const pair = pairOf(one, other, places);
        if (pair === null) continue;
        const selected = new Set<number>();
        for (const index of meant) {
          const parent = this.parents[index]!;
          if ((parent === -1 || selected.has(parent)) && selectsPair(this.items[index]!.item, ...pair))
            selected.add(index);
        }
        for (const [side, its] of scope.sets.entries())
          if (answersFor(its, pair)) selected.add(this.items.length + side);
        yield { data: startingWith(pair[0], one), with: startingWith(pair[1], other), set: sets.of(selected) };
      }
    }
  }
}

function parentsOf(items: readonly SelectingItem[]): readonly number[] {
  let root = 0;
  return items.map(({ item }, index) => {
    if (item.isRule) root = index;
    return item.isRule ? -1 : root + item.exceptionTo;
  });
}

function indicesWhere<T>(list: readonly T[], holds: (one: T, index: number) => boolean): readonly number[] {
  const found: number[] = [];
  for (let index = 0; index < list.length; index++) if (holds(list[index]!, index)) found.push(index);
  return found;
}
