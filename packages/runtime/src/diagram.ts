import { expandRuns, readDigits } from "./digits.ts";
import type { Tables } from "./tables.ts";

/** How many dimensions a diagram asks, in this order: field, what it is joined with, purpose, channel, recipients. */
const dimensions = 5;

/** Where a diagram begins. `first` and `second` hold what bears on a pair as soon as it bears on that one of the two. */
export const root = { collect: 0, infer: 1, use: 2, disclose: 3, pair: 4, first: 5, second: 6 } as const;
const rootCount = 7;

/** From the values of a dimension to classes. */
export type ClassMap = Uint16Array | Uint32Array;

/**
 * Decision diagrams (Bryant's, with more than two ways at a node) from the static part of a request to the rules that
 * select it. In digits: the count of maps and the maps; the count of pairs of a rule and its condition, and the pairs;
 * the count of leaves and of each but the first, empty one the count of its pairs and the pairs; the count of nodes, and of each its map and for each class where
 * that leads; the roots. Leaf l is 2l, node n is 2n + 1.
 *
 * @param sizes How many values each dimension has.
 * @param leaf Takes the rules of a leaf, each followed by its condition; gives the leaf's number.
 */
export function diagramsOf(
  { maps: texts, kinds }: Pick<Tables, "maps" | "kinds">,
  sizes: readonly number[],
  leaf: (rules: readonly number[]) => number,
) {
  /** Of a node: dimension, map, targets. A target is where a node stands, or -1 - leaf. */
  const nodes: number[] = [];
  const maps: ClassMap[] = [];
  /** How many classes each map has. */
  const counts: number[] = [];
  const kindOf = expandRuns(readDigits(kinds), sizes[0] as number);
  const dimensionOf = (map: number) => (readDigits((texts[map] as string).slice(0, 1))[0] as number) % dimensions;

  const readMap = (index: number): ClassMap => {
    const [first = 0, count = 0, ...numbers] = readDigits(texts[index] as string);
    if (first < dimensions) return expandRuns([count, ...numbers], sizes[first] as number);
    const ofKind = expandRuns(numbers.slice(0, count), kindOf.length);
    const classes = kindOf.map((kind) => ofKind[kind] as number);
    let place = -1;
    for (let i = count; i < numbers.length; i += 2) {
      place += 1 + (numbers[i] as number);
      classes[place] = numbers[i + 1] as number;
    }
    return classes;
  };
  /** A map, made ready. */
  const mapAt = (index: number): ClassMap => {
    const known = maps[index];
    if (known !== undefined) return known;
    const map = readMap(index);
    maps[index] = map;
    let most = 0;
    for (const one of map) if (one > most) most = one;
    counts[index] = most + 1;
    return map;
  };

  /** @returns the roots */
  const readOne = (next: () => number, firstRule: number): readonly number[] => {
    const list = <T>(read: () => T): T[] => Array.from({ length: next() }, read);
    const used = list(next);
    const pairs = list(() => [next() + firstRule, next()]);
    const found = [[], ...list(() => list(() => pairs[next()] as number[]).flat())].map((rules) => -1 - leaf(rules));
    const places: number[] = [];
    const target = () => {
      const code = next();
      return (code & 1 ? places : found)[code >> 1] as number;
    };
    for (let count = next(); count > 0; count--) {
      const map = used[next()] as number;
      mapAt(map);
      const node = [dimensionOf(map), map, ...Array.from({ length: counts[map] as number }, target)];
      places.push(nodes.length);
      nodes.push(...node);
    }
    return Array.from({ length: rootCount }, target);
  };

  return {
    mapAt,
    /**
     * Reads diagrams that stand one behind the other, after their count: what bears on an act is what any of them leads to.
     *
     * @param firstRule What the diagrams' rules are counted from.
     * @returns the roots of each
     */
    read: (text: readonly number[], from: number, firstRule: number): readonly (readonly number[])[] => {
      let at = from;
      const next = () => text[at++] as number;
      return Array.from({ length: next() }, () => readOne(next, firstRule));
    },
    /** Where a root leads, by the values of the dimensions. */
    walk: (from: number, values: readonly number[]): number => {
      let at = from;
      while (at >= 0) {
        const value = values[nodes[at] as number] as number;
        at = nodes[at + 2 + ((maps[nodes[at + 1] as number] as ClassMap)[value] as number)] as number;
      }
      return -1 - at;
    },
  };
}
