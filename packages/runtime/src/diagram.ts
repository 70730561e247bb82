import { expandRuns, readDigits } from "./digits.ts";

/** What a diagram asks, in this order. `withField` is what the first is joined with. */
export const dimension = { field: 0, withField: 1, purpose: 2, channel: 3, reach: 4 } as const;

/** Where a diagram begins. `first` and `second` hold what bears on a pair as soon as it bears on that one of the two. */
export const root = { collect: 0, infer: 1, use: 2, disclose: 3, pair: 4, first: 5, second: 6 } as const;

/** Values of one dimension by class: values of a class lead to the same place. */
export interface ClassMap {
  readonly dimension: number;
  readonly classes: Uint16Array | Uint32Array;
  readonly count: number;
}

/** The rules that select an act, each with its condition. */
export interface Leaf {
  /** Distinguishes leaves. */
  readonly id: number;
  /** Rule, condition, rule, condition, … */
  readonly rules: readonly number[];
}

/**
 * A decision diagram (Bryant's, with more than two ways at a node) from the static part of a request to the rules that
 * select it. In digits: the count of maps and the maps; of each leaf the count of its rules and the rules with their
 * conditions, the first, empty leaf left out, and before them the count of leaves; the count of nodes, and of each
 * its map and for each class where that leads; the roots. Leaf l is 2l, node n is 2n + 1.
 */
export interface Diagram<L extends Leaf> {
  readonly maps: readonly ClassMap[];
  readonly leaves: readonly L[];
  /** Map, target, target, … A target is a place in here, or -1 - index of a leaf. */
  readonly nodes: Int32Array;
  readonly roots: readonly number[];
}

/** @param firstRule What the diagram's rules are counted from. */
export function readDiagram<L extends Leaf>(
  text: readonly number[],
  from: number,
  mapOf: (index: number) => ClassMap,
  leafOf: (rules: readonly number[]) => L,
  firstRule: number,
): Diagram<L> {
  let at = from;
  const next = () => text[at++] as number;
  const maps: ClassMap[] = [];
  for (let count = next(); count > 0; count--) maps.push(mapOf(next()));
  const leaves = [leafOf([])];
  for (let count = next(); count > 0; count--) {
    const rules: number[] = [];
    for (let i = next(); i > 0; i--) rules.push(next() + firstRule, next());
    leaves.push(leafOf(rules));
  }
  const places: number[] = [];
  const nodes: number[] = [];
  const target = () => {
    const code = next();
    return code & 1 ? (places[code >> 1] as number) : -1 - (code >> 1);
  };
  for (let count = next(); count > 0; count--) {
    places.push(nodes.length);
    const map = next();
    nodes.push(map);
    for (let i = (maps[map] as ClassMap).count; i > 0; i--) nodes.push(target());
  }
  return { maps, leaves, nodes: Int32Array.from(nodes), roots: Object.keys(root).map(target) };
}

/** The leaf to which a root leads, by the values of the five dimensions. */
export function walk<L extends Leaf>(
  { maps, leaves, nodes, roots }: Diagram<L>,
  rootIndex: number,
  values: Int32Array,
): L {
  let at = roots[rootIndex] as number;
  while (at >= 0) {
    const { dimension, classes } = maps[nodes[at] as number] as ClassMap;
    at = nodes[at + 1 + (classes[values[dimension] as number] as number)] as number;
  }
  return leaves[-1 - at] as L;
}

/** Maps are read when they are first needed. */
export function mapsOf(texts: readonly string[], sizes: readonly number[]): (index: number) => ClassMap {
  const maps: (ClassMap | undefined)[] = [];
  return (index) => {
    const known = maps[index];
    if (known !== undefined) return known;
    const numbers = readDigits(texts[index] as string);
    const dimension = numbers[0] as number;
    const classes = expandRuns(numbers, 1, sizes[dimension] as number);
    const map = { dimension, classes, count: Math.max(0, ...numbers.filter((_, i) => i > 0 && i % 2 === 0)) + 1 };
    maps[index] = map;
    return map;
  };
}
