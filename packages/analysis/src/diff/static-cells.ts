import { canonical, type Id, type Operation, selectsChannel, selectsPurpose, type World } from "@scruple/model";
import { TooLargeError } from "../too-large-error.ts";
import { type Item, type ItemTree, isAllow, itemTrees, selectsPair, selectsPlace } from "./static-items.ts";
import { type DataPlace, PlaceSets, type Places, placesOf, type Route } from "./static-places.ts";

/** Requests of one interaction, operation and purpose that the same rules with the same exceptions select, in every model. */
export interface StaticCell {
  readonly interaction: Id;
  readonly operation: Operation;
  readonly purpose: Id;
  /** Indices of data; for `combine` of the first piece. */
  readonly data: readonly number[];
  /** For `combine`: of the second piece, which may also stand first; else null. */
  readonly with: readonly number[] | null;
  /** Indices of routes. */
  readonly routes: readonly number[];
  /** For each model, whether it knows all the names, and the interaction is for them. */
  readonly inBounds: readonly boolean[];
  /** Equal for cells that the same rules and exceptions select; of one interaction. */
  readonly key: string;
  /** Paths of the rules that select it, in whichever model, and which of their exceptions do, by equal keys. */
  rules(): ReadonlyMap<string, string>;
}

export interface StaticSpace {
  readonly places: Places;
  /** Cells that some model may allow something in, and that may be decided otherwise by the two. */
  cells(): Generator<StaticCell>;
}

const operations: readonly Operation[] = ["collect", "combine", "disclose", "infer", "use"];

/** Pairs of classes of data that one interaction may have. */
const mostPairs = 4_000_000;

/** An item in each of the models; one object stands for both where they select and say the same. */
interface Shared {
  readonly item: Item;
  readonly isSame: boolean;
}

/** A rule in both models, or in one of them. */
interface Tree {
  readonly interaction: Id | null;
  readonly isSame: boolean;
  items(): readonly Shared[];
}

/** Parts what requests to two models can name into cells that are decided alike in each of them. */
export function staticSpace(worlds: readonly [World, World]): StaticSpace {
  const places = placesOf(worlds);
  const sets = worlds.map((world) => new PlaceSets(world, places));
  const byInteraction = new Map<Id | null, Tree[]>();
  for (const tree of sharedTrees(sets)) {
    const list = byInteraction.get(tree.interaction);
    if (list === undefined) byInteraction.set(tree.interaction, [tree]);
    else list.push(tree);
  }
  const ids = [...new Set(worlds.flatMap(({ model }) => model.interactions.map(({ id }) => id)))].sort();
  const shared = byInteraction.get(null) ?? [];
  return {
    places,
    *cells() {
      for (const id of ids) yield* cellsOf(id, [...(byInteraction.get(id) ?? []), ...shared], sets);
    },
  };
}

function sharedTrees(sets: readonly PlaceSets[]): readonly Tree[] {
  const [first, second] = sets.map(itemTrees) as [readonly ItemTree[], readonly ItemTree[]];
  const isSameVocabulary = sameVocabulary(sets);
  const others = new Map(second.map((tree) => [tree.path, tree]));
  const shared = new Set<string>();
  const alone = ({ interaction, items }: ItemTree): Tree => ({
    interaction,
    isSame: false,
    items: () => items().map((item) => ({ item, isSame: false })),
  });
  const both = (tree: ItemTree, other: ItemTree): Tree => ({
    interaction: tree.interaction,
    isSame: true,
    items: () => {
      const there = isSameVocabulary ? null : other.items();
      return tree.items().map((item, index) => ({
        item: there === null ? item : mergedItem(item, there[index]!),
        isSame: true,
      }));
    },
  });
  const trees: Tree[] = [];
  for (const tree of first) {
    const other = others.get(tree.path);
    if (other === undefined || other.content !== tree.content) continue;
    if (!isSameVocabulary && !selectAlike(tree, other, sets)) continue;
    shared.add(tree.path);
    trees.push(both(tree, other));
  }
  return [...trees, ...[...first, ...second].filter(({ path }) => !shared.has(path)).map(alone)];
}

/** What rules select by; equal rules select alike then. */
function sameVocabulary(sets: readonly PlaceSets[]): boolean {
  const [one, other] = sets.map(({ world: { model } }) =>
    canonical([model.categories, model.sources, model.purposes, model.recipients, model.channels]),
  );
  return one === other;
}

/** Each model says nothing of what it does not know. */
function mergedItem(one: Item, other: Item): Item {
  const both = (a: Uint8Array, b: Uint8Array) =>
    a.every((bit, i) => bit === b[i]) ? a : a.map((bit, i) => bit | b[i]!);
  const data = (a: Item["data"], b: Item["data"]) =>
    a === null || b === null ? a : { selected: both(a.selected, b.selected), fits: both(a.fits, b.fits) };
  const denied = new Map(
    operations.flatMap((operation) => {
      const [a, b] = [one.denied(operation), other.denied(operation)];
      return a === null || b === null ? [] : [[operation, both(a, b)] as const];
    }),
  );
  return {
    ...one,
    purposes: both(one.purposes, other.purposes),
    channels: both(one.channels, other.channels),
    reached: both(one.reached, other.reached),
    data: data(one.data, other.data),
    with: data(one.with, other.with),
    denied: (operation) => denied.get(operation) ?? null,
  };
}

/** Whether two readings of one rule select the same of what both models know. What only one of them knows is decided there alone. */
function selectAlike(one: ItemTree, other: ItemTree, [a, b]: readonly PlaceSets[]): boolean {
  const [here, there] = [a!.present, b!.present];
  const alike = (dimension: "data" | "purposes" | "routes", x: Uint8Array | undefined, y: Uint8Array | undefined) =>
    x === y ||
    (x !== undefined &&
      y !== undefined &&
      x.every((bit, i) => bit === y[i] || here[dimension][i] === 0 || there[dimension][i] === 0));
  return one.items().every((left, index) => {
    const right = other.items()[index]!;
    return (
      left.outboundOnly === right.outboundOnly &&
      alike("purposes", left.purposes, right.purposes) &&
      alike("routes", left.channels, right.channels) &&
      alike("routes", left.reached, right.reached) &&
      alike("data", left.data?.selected, right.data?.selected) &&
      alike("data", left.data?.fits, right.data?.fits) &&
      alike("data", left.with?.selected, right.with?.selected) &&
      alike("data", left.with?.fits, right.with?.fits) &&
      (left.data !== null ||
        operations.every((operation) => alike("data", left.denied(operation)!, right.denied(operation)!)))
    );
  });
}

// ------------------------------------------------------------------------------------------------------ one interaction

function* cellsOf(interaction: Id, trees: readonly Tree[], sets: readonly PlaceSets[]): Generator<StaticCell> {
  const bounds = sets.map(({ world, places, present }) => {
    const declared = world.interactions.get(interaction);
    return {
      purposes: places.purposes.map(
        (id, i) => present.purposes[i] === 1 && !!declared && selectsPurpose(world, declared.purposes, id, "narrow"),
      ),
      routes: places.routes.map(
        ({ channel }, i) =>
          present.routes[i] === 1 && !!declared && selectsChannel(world, declared.channels, channel, "narrow"),
      ),
    };
  });
  const isOtherwise = isDeclaredOtherwise(interaction, sets);
  const isOutbound = sets.some(({ world }) => world.interactions.get(interaction)?.startedBy !== "customer");
  const { places } = sets[0]!;
  const purposes = places.purposes.flatMap((_, i) => (bounds.some((one) => one.purposes[i]) ? [i] : []));
  const routes = places.routes.flatMap((_, i) => (bounds.some((one) => one.routes[i]) ? [i] : []));

  const isAsBefore = !isOtherwise && isSameAround(sets, bounds);
  if (isAsBefore && trees.every(({ isSame }) => isSame)) return;
  const items = trees.flatMap((tree) => tree.items());
  for (const operation of operations) {
    const asked = items.filter(({ item }) => item.selectsOperation(operation) && (!item.outboundOnly || isOutbound));
    const spoken = spokenOf(asked, places);
    if (spoken.length === 0) continue;
    const own = asked.filter(({ item }) => spoken.some((index) => touches(item, operation, index)));
    const touching = isAsBefore ? own.filter(({ isSame }) => !isSame).map(({ item }) => item) : null;
    if (touching?.length === 0) continue;
    const changed = bitsOf(own, ({ isSame }) => !isSame);
    const ofPurposes = purposes.map((index) => ({
      index,
      inBounds: bounds.map((one) => one.purposes[index]!),
      bits: bitsOf(own, ({ item }) => item.purposes[index] === 1),
    }));
    const ofRoutes = classes(
      routes,
      (index) => bounds.map((one) => one.routes[index]!),
      (index) => bitsOf(own, ({ item }) => item.channels[index] === 1 && item.reached[index] === 1),
    );
    const allowing = bitsOf(own, ({ item }) => isAllow(item));
    const data = [...dataOf(operation, own, spoken, sets, touching)];
    for (const purpose of ofPurposes) {
      for (const route of ofRoutes) {
        const around = intersection(purpose.bits, route.bits);
        if (!meets(around, allowing)) continue;
        const known = purpose.inBounds.map((isIn, i) => isIn && route.inBounds[i]!);
        const boundsDiffer = isOtherwise || known.some((one) => one !== known[0]);
        if (!boundsDiffer && !meets(around, changed) && data.every(({ isEverywhere }) => isEverywhere)) continue;
        for (const { members, joined, present, bits: selected } of data) {
          const bits = intersection(around, selected);
          if (!meets(bits, allowing)) continue;
          const inBounds = known.map((isIn, i) => isIn && present[i]!);
          const differ = boundsDiffer || inBounds.some((one) => one !== inBounds[0]) || meets(bits, changed);
          if (!differ || !inBounds.includes(true)) continue;
          yield {
            ...{ interaction, operation, data: members, with: joined, routes: route.members, inBounds },
            purpose: places.purposes[purpose.index]!,
            key: `${joined === null ? "" : `${members[0]}+${joined[0]} `}${keyOf(bits, own)}`,
            rules: () => rulesOf(bits, own),
          };
        }
      }
    }
  }
}

/** Whether all models know the same, and an interaction is for the same. */
function isSameAround(
  [first, ...others]: readonly PlaceSets[],
  [bounds, ...more]: readonly { readonly purposes: readonly boolean[]; readonly routes: readonly boolean[] }[],
): boolean {
  const isSame = (one: ArrayLike<unknown>, other: ArrayLike<unknown>) =>
    Array.prototype.every.call(one, (value, index) => value === other[index]);
  return (
    others.every(({ present }) => isSame(first!.present.data, present.data)) &&
    more.every(({ purposes, routes }) => isSame(bounds!.purposes, purposes) && isSame(bounds!.routes, routes))
  );
}

/** Rules of an interaction may stay the same and mean something else, if it is started by somebody else or ends at another time. */
function isDeclaredOtherwise(interaction: Id, [a, b]: readonly PlaceSets[]): boolean {
  const said = ({ world }: PlaceSets) => {
    const declared = world.interactions.get(interaction);
    return canonical([declared?.startedBy ?? null, declared?.until ?? null]);
  };
  return said(a!) !== said(b!);
}

interface DataClass {
  readonly members: readonly number[];
  readonly joined: readonly number[] | null;
  readonly present: readonly boolean[];
  readonly isEverywhere: boolean;
  readonly bits: Uint32Array;
}

/** Data that some allow speaks of: all else is denied by default, whatever is said of it. */
function spokenOf(items: readonly Shared[], places: Places): readonly number[] {
  const allows = items.filter(({ item }) => isAllow(item)).map(({ item }) => item);
  return places.data.flatMap((_, index) => (allows.some((item) => touches(item, "use", index)) ? [index] : []));
}

/** Whether an item has anything to do with a place, alone or in a pair. */
function touches({ data, with: joined, denied }: Item, operation: Operation, place: number): boolean {
  if (data === null) return denied(operation)?.[place] === 1;
  return data.fits[place] === 1 || data.selected[place] === 1 || joined?.selected[place] === 1;
}

/** @param touching Of what is selected by none of these, nothing can be decided otherwise; null where that cannot be said. */
function* dataOf(
  operation: Operation,
  own: readonly Shared[],
  spoken: readonly number[],
  sets: readonly PlaceSets[],
  touching: readonly Item[] | null,
): Generator<DataClass> {
  const { places } = sets[0]!;
  const presentOf = (index: number) => sets.map(({ present }) => present.data[index] === 1);
  const isEverywhere = (present: readonly boolean[]) => present.every((one) => one);
  if (operation !== "combine") {
    const single = (index: number) => bitsOf(own, ({ item }) => selectsPlace(item, operation, index));
    for (const { members, inBounds, bits } of classes(spoken, presentOf, single)) {
      yield { members, joined: null, present: inBounds, isEverywhere: isEverywhere(inBounds), bits };
    }
    return;
  }
  const parts = (index: number) => {
    const has = (set: Uint8Array | null | undefined) => set?.[index] === 1;
    const bits = own.flatMap(({ item }) => [
      has(item.data?.fits) || has(item.denied("combine")),
      has(item.data?.selected),
      has(item.with?.fits),
      has(item.with?.selected),
    ]);
    return bitsOf(bits, (bit) => bit);
  };
  const ones = classes(spoken, (index) => [...presentOf(index), places.data[index]!.level === null], parts);
  if (ones.length ** 2 > mostPairs)
    throw new TooLargeError(mostPairs, [...new Set(own.map(({ item }) => item.path))], "pairs of kinds of data");
  for (const [i, one] of ones.entries()) {
    for (const other of ones.slice(i)) {
      const pair = feasible(one.members, other.members, places.data, sets);
      if (pair === null || touching?.some((item) => selectsPair(item, pair[0], pair[1])) === false) continue;
      const bits = bitsOf(own, ({ item }) => selectsPair(item, pair[0], pair[1]));
      const present = sets.map((_, side) => one.inBounds[side]! && other.inBounds[side]!);
      const first = (members: readonly number[], index: number) => [
        index,
        ...members.filter((member) => member !== index),
      ];
      yield {
        members: first(one.members, pair[0]),
        joined: first(other.members, pair[1]),
        present,
        isEverywhere: isEverywhere(present),
        bits,
      };
    }
  }
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

/** The precision to ask for, so that each of two pieces comes at its level; undefined where there is none. */
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

// ----------------------------------------------------------------------------------------------------------------- bits

interface Class {
  readonly members: readonly number[];
  readonly inBounds: readonly boolean[];
  readonly bits: Uint32Array;
}

/** Groups places that are alike. */
function classes(
  indices: readonly number[],
  boundsOf: (index: number) => readonly boolean[],
  bits: (index: number) => Uint32Array,
): readonly Class[] {
  const found = new Map<string, Class & { readonly members: number[] }>();
  for (const index of indices) {
    const [inBounds, own] = [boundsOf(index), bits(index)];
    const key = `${inBounds.map(Number).join("")} ${own.join()}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { members: [index], inBounds, bits: own });
    else known.members.push(index);
  }
  return [...found.values()];
}

function bitsOf<T>(list: readonly T[], isSet: (one: T) => boolean): Uint32Array {
  const words = new Uint32Array((list.length + 31) >> 5);
  for (let i = 0; i < list.length; i++) if (isSet(list[i]!)) words[i >> 5]! |= 1 << (i & 31);
  return words;
}
function intersection(a: Uint32Array, b: Uint32Array): Uint32Array {
  const words = new Uint32Array(a.length);
  for (let i = 0; i < a.length; i++) words[i] = a[i]! & b[i]!;
  return words;
}
function meets(a: Uint32Array, b: Uint32Array): boolean {
  for (let i = 0; i < a.length; i++) if ((a[i]! & b[i]!) !== 0) return true;
  return false;
}

const numbers = new WeakMap<Item, number>();
let last = 0;

function numberOf(item: Item): number {
  const known = numbers.get(item);
  if (known !== undefined) return known;
  numbers.set(item, ++last);
  return last;
}

/** Items go by numbers of their own, since each operation counts only those that select it. */
function keyOf(bits: Uint32Array, own: readonly Shared[]): string {
  let key = "";
  for (const index of indicesOf(bits)) key += `${numberOf(own[index]!.item)},`;
  return key;
}
function rulesOf(bits: Uint32Array, own: readonly Shared[]): ReadonlyMap<string, string> {
  const rules = new Map<string, string>();
  for (const index of indicesOf(bits)) {
    const { item } = own[index]!;
    rules.set(item.path, `${rules.get(item.path) ?? ""}${numberOf(item)},`);
  }
  return rules;
}
function indicesOf(bits: Uint32Array): readonly number[] {
  const indices: number[] = [];
  for (let word = 0; word < bits.length; word++) {
    for (let rest = bits[word]!; rest !== 0; rest &= rest - 1) indices.push(word * 32 + 31 - Math.clz32(rest & -rest));
  }
  return indices;
}

/** A place of a cell as an act names it. */
export function firstOf(
  places: Places,
  cell: StaticCell,
): { readonly data: DataPlace; readonly with: DataPlace | null; readonly route: Route } {
  const joined = cell.with === null ? null : places.data[cell.with[0]!]!;
  const routes = cell.routes.map((index) => places.routes[index]!);
  return {
    data: places.data[cell.data[0]!]!,
    with: joined,
    route: routes.find(({ recipient }) => recipient === null) ?? routes[0]!,
  };
}
