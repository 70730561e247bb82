import { type Id, type Operation, operations } from "@scruple/model";
import { addAll, type Bits, intersection, isEmpty, isSame, meets, minus } from "../bits.ts";
import { isSameContent } from "./same-content.ts";
import type { Tree } from "./shared-trees.ts";
import type { Selecting } from "./static-cells.ts";
import { dataOf, type Item, isAllow, meetsData, selectedAlone } from "./static-items.ts";
import type { PlaceSets } from "./static-places.ts";

/** What one operation may be decided otherwise for, and the rules that have to do with some of it. */
export interface Touched extends Bounds {
  readonly operation: Operation;
  readonly data: Bits;
  readonly trees: readonly Tree[];
}
export interface Bounds {
  readonly purposes: Bits;
  readonly routes: Bits;
}

/** What has to be looked at of one interaction. */
export class InteractionScope {
  readonly interaction: Id;
  readonly sets: readonly [PlaceSets, PlaceSets];
  readonly declared: Selecting["declared"];
  /** For each model, what the interaction is for, as far as the model knows it. */
  readonly bounds: readonly [Bounds, Bounds];
  /** The same names are known and in bounds on both sides, and started by the same: only rules can decide otherwise. */
  readonly isAsBefore: boolean;
  readonly own: readonly Tree[];
  readonly touched: readonly Touched[];

  /**
   * @param own The rules of the interaction
   * @param others Those that bear on all, by operation
   */
  constructor(
    interaction: Id,
    sets: readonly [PlaceSets, PlaceSets],
    own: readonly Tree[],
    others: ReadonlyMap<Operation, readonly Tree[]>,
  ) {
    this.interaction = interaction;
    this.sets = sets;
    this.own = own;
    const [before, after] = sets.map(({ world }) => world.interactions.get(interaction));
    this.declared = [before, after];
    const [a, b] = sets.map((side) => boundsOf(interaction, side)) as [Bounds, Bounds];
    this.bounds = [a, b];
    const [here, there] = sets;
    this.isAsBefore =
      isSameContent(
        [before?.startedBy ?? null, before?.until ?? null],
        [after?.startedBy ?? null, after?.until ?? null],
      ) &&
      isSame(a.purposes, b.purposes) &&
      isSame(a.routes, b.routes) &&
      isSame(here.present.data, there.present.data);
    this.touched = operations
      .map((operation) => this.touchedFor(operation, others.get(operation)!))
      .filter((one) => one !== null);
  }

  private touchedFor(operation: Operation, others: readonly Tree[]): Touched | null {
    const asked = [...this.own.filter((tree) => tree.selectsOperation(operation)), ...others].filter(
      (tree) => !this.isNeverAsked(tree),
    );
    const changed = asked.filter(({ isSame }) => !isSame);
    if (this.isAsBefore && changed.length === 0) return null;
    let data = this.spoken(asked, operation);
    let purposes = union(this.bounds[0].purposes, this.bounds[1].purposes);
    let routes = union(this.bounds[0].routes, this.bounds[1].routes);
    if (this.isAsBefore) {
      purposes = within(purposes, changed, (item) => item.purposes);
      routes = within(routes, changed, (item) => item.routes);
      if (operation !== "combine") data = within(data, changed, (item) => selectedAlone(item, operation));
    }
    if (isEmpty(data) || isEmpty(purposes) || isEmpty(routes)) return null;
    const trees = asked.filter((tree) => {
      const item = rootOf(tree);
      return meets(item.purposes, purposes) && meets(item.routes, routes) && meetsData(item, operation, data);
    });
    const isOtherwise = trees.some(({ isSame }) => !isSame);
    if (!trees.some((tree) => isAllow(rootOf(tree))) || (this.isAsBefore && !isOtherwise)) return null;
    return { operation, data, purposes, routes, trees };
  }

  /** Quiet hours that are only for interactions that the customer does not start. */
  private isNeverAsked({ outboundOnly }: Tree): boolean {
    return outboundOnly && this.declared.every((one) => one === undefined || one.startedBy === "customer");
  }

  /** Data that some allow speaks of: all else is denied by default, whatever is said of it. */
  private spoken(asked: readonly Tree[], operation: Operation): Bits {
    const [here, there] = this.sets;
    const spoken = new Uint32Array(here.present.data.length);
    for (const tree of asked) {
      const item = rootOf(tree);
      if (isAllow(item)) for (const bits of dataOf(item, operation)) addAll(spoken, bits);
    }
    return intersection(spoken, union(here.present.data, there.present.data));
  }
}

function boundsOf(interaction: Id, sets: PlaceSets): Bounds {
  const declared = sets.world.interactions.get(interaction);
  if (declared === undefined) {
    const { purposes, routes } = sets.present;
    return { purposes: new Uint32Array(purposes.length), routes: new Uint32Array(routes.length) };
  }
  return {
    purposes: sets.purposes(declared.purposes, "narrow"),
    routes: sets.routes(declared.channels, null, "narrow"),
  };
}

function rootOf(tree: Tree): Item {
  return tree.items()[0]!;
}

function union(a: Bits, b: Bits): Bits {
  const both = a.slice();
  addAll(both, b);
  return both;
}
/** What some of the rules select of a set, which is all of it soon where they are many. */
function within(set: Bits, trees: readonly Tree[], bitsIn: (item: Item) => Bits | null): Bits {
  let left = set;
  for (const tree of trees) {
    if (isEmpty(left)) return set;
    const bits = bitsIn(rootOf(tree));
    if (bits !== null && meets(left, bits)) left = minus(left, bits);
  }
  return minus(set, left);
}
