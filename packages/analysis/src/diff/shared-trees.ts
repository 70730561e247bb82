import { type Id, type Operation, operations, type World } from "@scruple/model";
import { addAll, agree, type Bits, isSame } from "../bits.ts";
import { isSameContent } from "./same-content.ts";
import { type DataBits, type Item, type ItemTree, itemTrees, saySame, selectBySame } from "./static-items.ts";
import type { PlaceSets } from "./static-places.ts";

/** A rule of both models, where they select the same by it; else of one of them. */
export interface Tree extends Pick<ItemTree, "path" | "interaction" | "outboundOnly" | "keeps"> {
  readonly sides: "both" | 0 | 1;
  /** Both models have it and say the same by it. */
  readonly isSame: boolean;
  selectsOperation(operation: Operation): boolean;
  items(): readonly Item[];
}

/** The rules of two models by the interaction that they bear on, null for all. */
export function sharedTrees(
  [one, other]: readonly [PlaceSets, PlaceSets],
  isSameVocabulary: boolean,
): ReadonlyMap<Id | null, readonly Tree[]> {
  const [first, second] = [itemTrees(one), itemTrees(other)];
  const others = new Map(second.map((tree) => [tree.path, tree]));
  const shared = new Set<string>();
  const trees: Tree[] = [];
  for (const tree of first) {
    const twin = others.get(tree.path);
    if (twin === undefined || tree.interaction !== twin.interaction) continue;
    const isSame = saySame(tree, twin);
    if (!isSame && !selectBySame(tree, twin)) continue;
    if (!isSameVocabulary && !selectAlike(tree, twin, one, other)) continue;
    shared.add(tree.path);
    trees.push(treeOf(tree, "both", isSame, isSameVocabulary ? tree.items : () => mergedItems(tree, twin)));
  }
  for (const [side, list] of [first, second].entries()) {
    for (const tree of list) if (!shared.has(tree.path)) trees.push(treeOf(tree, side as 0 | 1, false, tree.items));
  }
  const byInteraction = new Map<Id | null, Tree[]>();
  for (const tree of trees) {
    const list = byInteraction.get(tree.interaction);
    if (list === undefined) byInteraction.set(tree.interaction, [tree]);
    else list.push(tree);
  }
  return byInteraction;
}

/** All are made here, so that they are of one hidden class: they are asked for each interaction. */
function treeOf(
  { path, interaction, outboundOnly, keeps, selectsOperation }: Omit<Tree, "sides" | "isSame" | "items">,
  sides: Tree["sides"],
  isSame: boolean,
  items: Tree["items"],
): Tree {
  return { path, interaction, outboundOnly, keeps, selectsOperation, sides, isSame, items };
}

/** Whether what rules select by is declared alike; those with the same selectors select alike then. */
export function haveSameVocabulary(worlds: readonly [World, World]): boolean {
  const [a, b] = worlds.map(({ model }) => [
    model.uses,
    model.categories.map(({ id, within, special, precision }) => [id, within, special, precision]),
    model.sources.map(({ id, derivedFrom, fields }) => [
      id,
      derivedFrom,
      fields.map((field) => [field.id, field.categories]),
    ]),
    model.sources.map(({ keep, origin }) => [keep?.exceptFor, keep?.deletedByStore, origin]),
    model.purposes.map(({ id, within }) => [id, within]),
    model.recipients.map(({ id, within }) => [id, within]),
    model.channels.map(({ id, within, reaches, quiet }) => [id, within, reaches, quiet?.exceptFor]),
  ]);
  return isSameContent(a, b);
}

/**
 * Rules with denials of data that is too old as one for each age and each set of purposes, as far as they are the same in both models;
 * for pairs, where it matters which piece is too old, they stand one by one.
 */
export function withKeepsTogether(trees: readonly Tree[]): readonly Tree[] {
  const groups = new Map<string, Tree[]>();
  const keyOf = (tree: Tree) => `${tree.keeps} ${tree.items()[0]!.purposes}`;
  const kept = trees.filter((tree) => tree.keeps !== null && tree.isSame);
  for (const tree of kept) {
    const group = groups.get(keyOf(tree));
    if (group === undefined) groups.set(keyOf(tree), [tree]);
    else group.push(tree);
  }
  const groupOf = new Map([...groups.values()].flatMap((group) => group.map((tree) => [tree, group] as const)));
  return trees.flatMap((tree) => {
    const group = groupOf.get(tree) ?? [tree];
    if (group.length === 1) return [tree];
    const forPairs = onlyFor(tree, (operation) => operation === "combine");
    return tree === group[0] ? [asOne(tree, group), forPairs] : [forPairs];
  });
}

function asOne(first: Tree, group: readonly Tree[]): Tree {
  const denied = new Map<Operation, Bits | null>();
  const item = Object.assign({}, first.items()[0]!, {
    denied: (operation: Operation) => {
      const known = denied.get(operation);
      if (known !== undefined) return known;
      const all = together(group, operation);
      denied.set(operation, all);
      return all;
    },
  });
  return onlyFor(
    first,
    (operation) => operation !== "combine",
    () => [item],
  );
}

function onlyFor(tree: Tree, isMeant: (operation: Operation) => boolean, items = tree.items): Tree {
  const selectsOperation = (operation: Operation) => isMeant(operation) && tree.selectsOperation(operation);
  return treeOf(Object.assign({}, tree, { selectsOperation }), tree.sides, tree.isSame, items);
}

function together(trees: readonly Tree[], operation: Operation): Bits | null {
  return trees.map((tree) => tree.items()[0]!.denied(operation)).reduce((a, b) => (a && b ? union(a, b) : (a ?? b)));
}

/** Whether two readings of one rule select the same of what both models know. What only one of them knows is decided there alone. */
function selectAlike(one: ItemTree, other: ItemTree, here: PlaceSets, there: PlaceSets): boolean {
  const known = ({ present, ofFields }: PlaceSets) => ({ ...present, data: ofFields });
  const [mine, theirs] = [known(here), known(there)];
  const alike = (dimension: "data" | "purposes" | "routes", x: Bits | null | undefined, y: Bits | null | undefined) =>
    x === y || (!!x && !!y && agree(x, y, mine[dimension], theirs[dimension]));
  const others = other.items();
  return (
    one.outboundOnly === other.outboundOnly &&
    one.items().every((left, index) => {
      const right = others[index]!;
      return (
        alike("purposes", left.purposes, right.purposes) &&
        alike("routes", left.routes, right.routes) &&
        alike("data", left.data?.selected, right.data?.selected) &&
        alike("data", left.data?.fits, right.data?.fits) &&
        alike("data", left.with?.selected, right.with?.selected) &&
        alike("data", left.with?.fits, right.with?.fits) &&
        (left.data !== null || operations.every((one) => alike("data", left.denied(one), right.denied(one))))
      );
    })
  );
}

/** Each model says nothing of what it does not know. */
function mergedItems(tree: ItemTree, twin: ItemTree): readonly Item[] {
  const others = twin.items();
  return tree.items().map((one, index) => merged(one, others[index]!));
}

function merged(one: Item, other: Item): Item {
  const data = (a: DataBits | null, b: DataBits | null) =>
    a === null || b === null ? null : { selected: union(a.selected, b.selected), fits: union(a.fits, b.fits) };
  return {
    ...one,
    purposes: union(one.purposes, other.purposes),
    routes: union(one.routes, other.routes),
    data: data(one.data, other.data),
    with: data(one.with, other.with),
    denied: (operation) => {
      const [a, b] = [one.denied(operation), other.denied(operation)];
      return a === null || b === null ? (a ?? b) : union(a, b);
    },
  };
}

function union(a: Bits, b: Bits): Bits {
  if (isSame(a, b)) return a;
  const both = a.slice();
  addAll(both, b);
  return both;
}
