import { expandRuns, lists, readDigits } from "./digits.ts";
import type { Hierarchy } from "./tables.ts";

/** Names, each with its number. */
export type Numbered = readonly (readonly [name: string, number: number])[];

/**
 * An open table over a few characters of each name, which is less work than the hash of all of it that a Map takes: names
 * of a request have just come in, and nobody has hashed them yet. Names that look alike there are only slower to find, and
 * much so where they are many: each of them is somewhere else in memory. A class, since V8 makes one code of its methods for
 * all tables, and of closures one call through a register for each: 7% of a decision.
 */
export class Names {
  private readonly mask: number;
  /** Each name beside its number, so that they are fetched together. */
  private readonly slots: (string | number)[];
  private readonly tellers: readonly number[];
  private readonly others: (() => Numbered) | undefined;
  private otherNames: Names | undefined;

  /**
   * @param tellers Which characters: distances from the end.
   * @param others Names that hardly anybody uses: the table is the smaller without them, and the nearer.
   */
  constructor(entries: Numbered, tellers: readonly number[], others?: () => Numbered) {
    let mask = 1;
    while (mask < 2 * entries.length) mask = 2 * mask + 1;
    this.mask = mask;
    this.slots = Array.from({ length: mask + 1 }, (): [string, number] => ["", -1]).flat();
    this.tellers = tellers;
    this.others = others;
    this.otherNames = undefined;
    for (const [name, number] of entries) {
      const place = this.placeOf(name);
      this.slots[place] = keyOf(name);
      this.slots[place + 1] = number;
    }
  }

  /** The number of a name; -1 for anything else. */
  find(name: unknown): number {
    if (typeof name !== "string") return -1;
    const number = this.slots[this.placeOf(name) + 1] as number;
    if (number >= 0 || this.others === undefined) return number;
    this.otherNames ??= new Names(this.others(), this.tellers);
    return this.otherNames.find(name);
  }

  private placeOf(name: string): number {
    const { mask, slots, tellers } = this;
    const { length } = name;
    let mixed = Math.imul(length, 0x9e3779b1);
    for (let i = 0; i < tellers.length; i++) {
      const from = length - (tellers[i] as number);
      mixed = Math.imul(mixed + (from < 0 ? 0 : name.charCodeAt(from)), 0x9e3779b1);
    }
    let place = (mixed ^ (mixed >>> 15)) & mask;
    while (slots[2 * place] !== name && slots[2 * place] !== "") place = (place + 1) & mask;
    return 2 * place;
  }
}

/**
 * Names as a request may give them: bare, or behind their policy.
 *
 * @param numbers What they stand for, where that is not their place in the list.
 */
export function ownedNames(
  names: readonly string[],
  owners: string,
  policies: readonly string[],
  tellers: readonly number[],
  numbers?: readonly number[],
): Names {
  const owner = expandRuns(readDigits(owners), names.length);
  const named = (nameOf: (name: string, code: number) => string | undefined): Numbered =>
    names.flatMap((bare, place) => {
      const name = nameOf(bare, (owner[place] as number) - 1);
      return name === undefined ? [] : [[name, numbers?.[place] ?? place]];
    });
  return new Names(
    named((name, code) => (code >= 0 && code & 1 ? name : undefined)),
    tellers,
    () => named((name, code) => (code < 0 ? undefined : `${policies[code >> 1]}.${name}`)),
  );
}

/** Purposes, channels or recipients. Parents stand before their children. */
export interface Tree {
  readonly names: Names;
  readonly parents: readonly (readonly number[])[];
  /** Whether what is named, the first so many of a list, covers one narrowly, though none of it does alone. */
  coverTogether(named: readonly number[], count: number, one: number): boolean;
  /** For each in the tree: 3 if it alone covers `one` narrowly, 2 if they only overlap, 0 if not even that. */
  relation(one: number): Uint8Array;
}

export function treeOf(
  { names: text, owners, parents: lines }: Hierarchy,
  policies: readonly string[],
  tellers: readonly number[],
): Tree {
  const parents = lists(lines);
  const parentsOf = (index: number) => parents[index] as readonly number[];
  const rows: Uint8Array[] = [];
  const several = parents.some((list) => list.length > 1);
  const together = (named: readonly number[], one: number) => {
    const known: boolean[] = [];
    const walk = (i: number): boolean => {
      known[i] ??= named.includes(i) || (parentsOf(i).length > 0 && parentsOf(i).every(walk));
      return known[i] as boolean;
    };
    return walk(one);
  };
  const relate = (one: number) => {
    const row = new Uint8Array(parents.length);
    row[one] = 3;
    // All that it is within, and then all that is within it: parents have the lower indexes.
    for (let i = one; i >= 0; i--) if (row[i] !== 0) for (const parent of parentsOf(i)) row[parent] = 2;
    for (let i = 0; i < one; i++) if (row[i] !== 0 && together([i], one)) row[i] = 3;
    for (let i = one + 1; i < row.length; i++) if (parentsOf(i).some((up) => up >= one && row[up] !== 0)) row[i] = 2;
    return row;
  };
  const relation = (one: number): Uint8Array => {
    rows[one] ??= relate(one);
    return rows[one] as Uint8Array;
  };
  return {
    names: ownedNames(split(text, " "), owners, policies, tellers),
    parents,
    coverTogether: (named, count, one) => several && count > 1 && together(named.slice(0, count), one),
    relation,
  };
}

export function split(text: string, by: string): string[] {
  return text === "" ? [] : text.split(by);
}

/**
 * The same text. As the key of an object it has been given a form of its own; what `split` and templates make are views
 * into other texts, and slow to compare.
 */
function keyOf(text: string): string {
  return Object.keys({ [text]: 0 })[0] as string;
}
