import { expandRuns, readDigits } from "./digits.ts";
import { Numbers } from "./numbers.ts";
import type { Tables } from "./tables.ts";

/** What a diagram asks, in this order. `withField` is what the first is joined with. */
export const dimension = { field: 0, withField: 1, purpose: 2, channel: 3, reach: 4 } as const;

const dimensionCount = Object.keys(dimension).length;

/** Where a diagram begins. `first` and `second` hold what bears on a pair as soon as it bears on that one of the two. */
export const root = { collect: 0, infer: 1, use: 2, disclose: 3, pair: 4, first: 5, second: 6 } as const;
export const rootCount = Object.keys(root).length;

/**
 * Decision diagrams (Bryant's, with more than two ways at a node) from the static part of a request to the rules that
 * select it. In digits: the count of maps and the maps; the count of pairs of a rule and its condition, and the pairs;
 * the count of leaves and of each but the first, empty one the count of its pairs and the pairs; the count of nodes, and of each its map and for each class where
 * that leads; the roots. Leaf l is 2l, node n is 2n + 1.
 *
 * All of them stand in two blocks of memory, so that few of its lines are touched on the way to a leaf.
 */
export class Diagrams {
  /** Of a node: dimension, where its map stands, targets. A target is where a node stands, or -1 - id of a leaf. */
  private readonly nodes = new Numbers();
  /** Maps from the values of a dimension to classes, in the order of the tables. */
  private readonly classes: Uint16Array | Uint32Array;
  /** Where each map begins, and how many classes it has; 0 until it is read. */
  private readonly starts: number[] = [];
  private readonly counts: number[] = [];
  private readonly texts: readonly string[];
  private readonly sizes: readonly number[];
  /** Of each field at each precision. */
  private readonly kinds: Uint16Array | Uint32Array;

  /** @param sizes How many values each dimension has. */
  constructor({ maps, kinds }: Pick<Tables, "maps" | "kinds">, sizes: readonly number[]) {
    this.texts = maps;
    this.sizes = sizes;
    this.kinds = expandRuns(readDigits(kinds), sizes[dimension.field] as number);
    let length = 0;
    for (const text of maps) {
      this.starts.push(length);
      this.counts.push(0);
      length += sizes[dimensionOf(text)] as number;
    }
    this.classes = Math.max(...sizes) > 65_535 ? new Uint32Array(length) : new Uint16Array(length);
  }

  /** Makes a map ready. @returns where it begins */
  map(index: number): number {
    const start = this.starts[index] as number;
    if (this.counts[index] !== 0) return start;
    const text = this.texts[index] as string;
    const numbers = readDigits(text);
    const size = this.sizes[dimensionOf(text)] as number;
    if (numbers[0] === dimensionOf(text)) this.classes.set(expandRuns(numbers.slice(1), size), start);
    else this.expandKinds(numbers, start, size);
    let most = 0;
    for (let i = start; i < start + size; i++) most = Math.max(most, this.classes[i] as number);
    this.counts[index] = most + 1;
    return start;
  }

  private expandKinds(numbers: readonly number[], start: number, size: number): void {
    const { classes, kinds } = this;
    const end = 2 + (numbers[1] as number);
    const ofKind = expandRuns(numbers.slice(2, end), size);
    for (let i = 0; i < size; i++) classes[start + i] = ofKind[kinds[i] as number] as number;
    let place = start - 1;
    for (let i = end; i < numbers.length; i += 2) {
      place += 1 + (numbers[i] as number);
      classes[place] = numbers[i + 1] as number;
    }
  }

  /** The class of a value, by where the map begins. */
  classOf(start: number, value: number): number {
    return this.classes[start + value] as number;
  }

  /**
   * Reads diagrams that stand one behind the other, after their count: what bears on an act is what any of them leads to.
   *
   * @param leafOf Takes the rules of a leaf, each followed by its condition; gives the leaf's id.
   * @param firstRule What the diagrams' rules are counted from.
   * @returns the roots of each
   */
  read(
    text: readonly number[],
    from: number,
    firstRule: number,
    leafOf: (rules: readonly number[]) => number,
  ): readonly (readonly number[])[] {
    let at = from;
    const next = () => text[at++] as number;
    return Array.from({ length: next() }, () => this.readOne(next, firstRule, leafOf));
  }

  private readOne(
    next: () => number,
    firstRule: number,
    leafOf: (rules: readonly number[]) => number,
  ): readonly number[] {
    const maps: number[] = [];
    for (let count = next(); count > 0; count--) maps.push(next());
    const pairs: (readonly [rule: number, condition: number])[] = [];
    for (let count = next(); count > 0; count--) pairs.push([next() + firstRule, next()]);
    const leaves = [leafOf([])];
    for (let count = next(); count > 0; count--) {
      const rules: number[] = [];
      for (let i = next(); i > 0; i--) rules.push(...(pairs[next()] as (typeof pairs)[number]));
      leaves.push(leafOf(rules));
    }
    const places: number[] = [];
    const target = () => {
      const code = next();
      return code & 1 ? (places[code >> 1] as number) : -1 - (leaves[code >> 1] as number);
    };
    for (let count = next(); count > 0; count--) {
      const map = maps[next()] as number;
      const node = [dimensionOf(this.texts[map] as string), this.map(map)];
      for (let i = this.counts[map] as number; i > 0; i--) node.push(target());
      places.push(this.nodes.add(node));
    }
    return Array.from({ length: rootCount }, target);
  }

  /** The id of the leaf to which a root leads, by the values of the dimensions. */
  walk(from: number, values: Int32Array): number {
    const { classes } = this;
    const nodes = this.nodes.all;
    let at = from;
    while (at >= 0) {
      const value = values[nodes[at] as number] as number;
      at = nodes[at + 2 + (classes[(nodes[at + 1] as number) + value] as number)] as number;
    }
    return -1 - at;
  }
}

function dimensionOf(text: string): number {
  return (readDigits(text.slice(0, 1))[0] as number) % dimensionCount;
}
