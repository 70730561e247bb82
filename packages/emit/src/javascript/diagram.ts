import type { Operation } from "@scruple/model";
import type { ClassMap, ClassMaps } from "./class-maps.ts";
import { always } from "./condition-writer.ts";
import type { ConditionTable } from "./conditions.ts";
import { type Item, selectsEither, selectsPair } from "./items.ts";
import type { PlaceSet } from "./places.ts";

/** A dimension in which a diagram tells requests apart. */
interface Stage {
  /** As the runtime's diagram.ts numbers them. */
  readonly dimension: number;
  readonly size: number;
  /** Values that can occur, as 1; null: all. */
  readonly bounds: Uint8Array | null;
  setOf(item: Item): PlaceSet | null;
}

/** A decision diagram from the static part of requests to the rules that select them; leaf l is 2l, node n is 2n + 1. */
export interface Diagram {
  /** Of each leaf but the first, empty one: rule, condition, rule, condition, … */
  readonly leaves: readonly (readonly number[])[];
  readonly nodes: readonly { readonly map: number; readonly targets: readonly number[] }[];
  readonly roots: readonly number[];
}

export interface Sizes {
  readonly places: number;
  readonly purposes: number;
  readonly channels: number;
  readonly reaches: number;
}
export interface Bounds {
  readonly purposes: Uint8Array;
  readonly channels: Uint8Array;
}

/** The rules tell so many requests apart that one diagram over all of them would multiply. */
export class TooLarge extends Error {}

/**
 * Builds the diagram of the rules of one interaction, or of those that hold in all. Which of its values a dimension has
 * to tell apart depends only on the items that are still in question there, so what is the same is built once, and the
 * dimensions are never multiplied out.
 */
export class DiagramBuilder {
  private readonly maps: ClassMaps;
  private readonly conditions: ConditionTable;
  private readonly sizes: Sizes;
  private readonly bounds: Bounds | null;
  private readonly mostNumbers: number;
  private numbers = 0;
  private readonly leaves: (readonly number[])[] = [[]];
  private readonly leafIds = new Map<string, number>();
  private readonly nodes: { readonly map: number; readonly targets: readonly number[] }[] = [];
  private readonly nodeIds = new Map<string, number>();
  private readonly built = new Map<string, number>();
  private readonly partitions = new Map<string, ClassMap>();
  /** What items say, without their exceptions. */
  private readonly said = new Map<Item, number>();

  /**
   * @param bounds Requests outside do not reach the diagram.
   * @param mostNumbers What the diagram may take; beyond, `build` throws a `TooLarge`.
   */
  constructor(
    maps: ClassMaps,
    conditions: ConditionTable,
    sizes: Sizes,
    bounds: Bounds | null,
    mostNumbers = Number.POSITIVE_INFINITY,
  ) {
    this.mostNumbers = mostNumbers;
    this.maps = maps;
    this.conditions = conditions;
    this.sizes = sizes;
    this.bounds = bounds;
    this.leafIds.set("", 0);
  }

  /** @param items Each rule before its exceptions. */
  build(items: readonly Item[]): Diagram {
    const single = (operation: Operation, among: readonly Item[]) => {
      const chosen = keep(among, (item) => item.selectsOperation(operation));
      return this.at([this.field(operation), ...this.rest], 0, chosen);
    };
    const combining = items.filter((item) => item.parent !== null || item.selectsOperation("combine"));
    const either = keep(combining, (item) => item.parent !== null || selectsEither(item));
    const pairs = keep(combining, (item) => item.parent !== null || !selectsEither(item));
    const about = (among: readonly Item[], piece: Item["piece"]) =>
      among.filter((item) => item.piece === null || item.piece === piece);
    const uncombined = about(items, "alone");
    // In the order of the runtime's `root`.
    const roots = [
      single("collect", uncombined),
      single("infer", uncombined),
      single("use", uncombined),
      single("disclose", uncombined),
      this.pair(pairs),
      single("combine", about(either, "first")),
      single("combine", about(either, "second")),
    ];
    return { leaves: this.leaves, nodes: this.nodes, roots };
  }

  private field(operation: Operation): Stage {
    return {
      dimension: 0,
      size: this.sizes.places,
      bounds: null,
      setOf: (item) => (item.data === null ? item.denied(operation) : item.with === null ? item.data.fits : null),
    };
  }

  private get rest(): readonly Stage[] {
    const { purposes, channels, reaches } = this.sizes;
    return [
      { dimension: 2, size: purposes, bounds: this.bounds?.purposes ?? null, setOf: (item) => item.purposes },
      { dimension: 3, size: channels, bounds: this.bounds?.channels ?? null, setOf: (item) => item.channels },
      { dimension: 4, size: reaches, bounds: null, setOf: (item) => item.reaches },
    ];
  }

  /** Where the items lead from a stage on. Null sets select nothing. */
  private at(stages: readonly Stage[], index: number, items: readonly Item[]): number {
    const stage = stages[index];
    if (items.length === 0) return 0;
    if (stage === undefined) return this.leaf(items);
    const key = `${stage.dimension}:${items.map(({ id }) => id).join()}`;
    // The first stage depends on the operation as well, where something is selected by a list of its own.
    const isByOperation = stage.dimension === 0 && items.some(({ data }) => data === null);
    const known = isByOperation ? undefined : this.built.get(key);
    if (known !== undefined) return known;
    const sets = items.map((item) => stage.setOf(item));
    const map = this.partition(stage, sets);
    const targets = map.examples.map((example) => {
      const chosen = keep(items, (_, i) => {
        const set = sets[i];
        return set !== null && (set?.all === true || set?.has[example] === 1);
      });
      return this.at(stages, index + 1, chosen);
    });
    const result = this.node(stage, map, targets);
    if (!isByOperation) this.built.set(key, result);
    return result;
  }

  private pair(items: readonly Item[]): number {
    if (items.length === 0) return 0;
    const stage = { dimension: 0, size: this.sizes.places, bounds: null };
    const joined = { ...stage, dimension: 1 };
    const sets = items.flatMap(({ data, with: other }) =>
      [data, other].flatMap((places) => (places === null ? [] : [places.selected, places.fits])),
    );
    const map = this.partition(stage, sets);
    const withMap = this.partition(joined, sets);
    const targets = map.examples.map((one) => {
      const inner = withMap.examples.map((other) =>
        this.at(
          this.rest,
          0,
          keep(items, (item) => selectsPair(item, one, other)),
        ),
      );
      return this.node(joined, withMap, inner);
    });
    return this.node(stage, map, targets);
  }

  /** The classes of values that none of the sets tells apart. */
  private partition(stage: Omit<Stage, "setOf">, sets: readonly (PlaceSet | null)[]): ClassMap {
    const telling = new Map<number, PlaceSet>();
    for (const set of sets) if (set !== null && !set.all && set.members.length > 0) telling.set(set.id, set);
    const key = `${stage.dimension}:${[...telling.keys()].sort((a, b) => a - b).join()}`;
    const known = this.partitions.get(key);
    if (known !== undefined) return known;
    const classes = new Int32Array(stage.size);
    let count = 1;
    for (const { members } of telling.values()) {
      const renamed = new Map<number, number>();
      for (const member of members) {
        const before = classes[member] as number;
        let after = renamed.get(before);
        if (after === undefined) {
          after = count++;
          renamed.set(before, after);
        }
        classes[member] = after;
      }
    }
    const map = this.maps.of(stage.dimension, classes, stage.bounds);
    this.partitions.set(key, map);
    return map;
  }

  private node(stage: Omit<Stage, "setOf">, map: ClassMap, targets: readonly number[]): number {
    const distinct = [...new Set(targets)];
    if (distinct.length <= 1) return distinct[0] ?? 0;
    const reduced =
      distinct.length === targets.length ? map : this.maps.merged(stage.dimension, map, targets, stage.bounds);
    const key = `${reduced.id}:${distinct.join()}`;
    const known = this.nodeIds.get(key);
    if (known !== undefined) return known;
    this.grow(distinct.length + 1);
    const id = 2 * (this.nodes.push({ map: reduced.id, targets: distinct }) - 1) + 1;
    this.nodeIds.set(key, id);
    return id;
  }

  private grow(numbers: number): void {
    this.numbers += numbers;
    if (this.numbers > this.mostNumbers) throw new TooLarge();
  }

  private leaf(items: readonly Item[]): number {
    const rules: number[] = [];
    for (const item of items) {
      if (item.parent !== null) continue;
      const condition = this.condition(item, items);
      if (!this.conditions.isNever(condition)) rules.push(item.rule, condition);
    }
    const key = rules.join();
    const known = this.leafIds.get(key);
    if (known !== undefined) return known;
    this.grow(rules.length / 2 + 1);
    const id = 2 * (this.leaves.push(rules) - 1);
    this.leafIds.set(key, id);
    return id;
  }

  /** What an item says, and the negation of what each of its exceptions says that selects. */
  private condition(item: Item, chosen: readonly Item[]): number {
    const { conditions } = this;
    const said = this.said.get(item) ?? this.saying(item);
    const exceptions = item.children.filter((child) => chosen.includes(child));
    if (exceptions.length === 0) return said;
    return conditions.all([said, ...exceptions.map((child) => conditions.not(this.condition(child, chosen)))]);
  }

  private saying(item: Item): number {
    const { conditions } = this;
    const until = item.untilInteraction ? [conditions.untilInteraction()] : [];
    const said = conditions.all([...item.condition.map((expr) => conditions.of(expr)), ...until]);
    this.said.set(item, said);
    return said;
  }
}

/** The items for which a test holds and, if they are exceptions, held for what they are exceptions to. */
function keep(items: readonly Item[], test: (item: Item, index: number) => boolean): readonly Item[] {
  const kept: Item[] = [];
  for (const [index, item] of items.entries()) {
    // What it is an exception to stands not far before it.
    if ((item.parent === null || kept.lastIndexOf(item.parent) >= 0) && test(item, index)) kept.push(item);
  }
  return kept;
}

/** The rules and conditions of all leaves. */
export function* pairsIn({ leaves }: Diagram): Generator<readonly [rule: number, condition: number]> {
  for (const rules of leaves)
    for (let i = 0; i < rules.length; i += 2) yield [rules[i] as number, rules[i + 1] as number];
}

export function mapsIn(diagram: Diagram): readonly number[] {
  return [...new Set(diagram.nodes.map(({ map }) => map))];
}

/** More than memory can hold, so that a rule and a condition are one number together. */
const mostRules = 2 ** 26;

/** As the runtime's diagram.ts reads it. */
export function writeDiagram(
  diagram: Diagram,
  mapNumber: (id: number) => number,
  conditionNumber: (node: number) => number,
): readonly number[] {
  const maps = mapsIn(diagram);
  const local = new Map(maps.map((id, index) => [id, index]));
  const leaves = diagram.leaves.slice(1);
  const pairs = new Map<number, number>();
  const pairNumbers: number[] = [];
  const leafNumbers = leaves.flatMap((rules) => {
    const numbers: number[] = [rules.length / 2];
    for (let i = 0; i < rules.length; i += 2) {
      const [rule, node] = [rules[i] as number, rules[i + 1] as number];
      const condition = node === always ? 0 : conditionNumber(node);
      const key = condition * mostRules + rule;
      const known = pairs.get(key) ?? pairs.size;
      if (known === pairs.size) {
        pairs.set(key, known);
        pairNumbers.push(rule, condition);
      }
      numbers.push(known);
    }
    return numbers;
  });
  return [
    maps.length,
    ...maps.map(mapNumber),
    pairs.size,
    ...pairNumbers,
    leaves.length,
    ...leafNumbers,
    diagram.nodes.length,
    ...diagram.nodes.flatMap(({ map, targets }) => [local.get(map) as number, ...targets]),
    ...diagram.roots,
  ];
}
