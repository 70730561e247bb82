import type { Item, RuleItem } from "./items.ts";

export interface Root {
  readonly item: RuleItem;
  /** Its own number; those of its exceptions follow, up to `end`. */
  readonly at: number;
  readonly end: number;
}

/** Numbers some rules and their exceptions one after the other, each exception after what it is an exception to. */
export class Layout {
  /** By their numbers. */
  readonly items: readonly Item[];
  readonly roots: readonly Root[];
  /** Which rule has a number; nothing for exceptions. */
  readonly rootAt: readonly (number | undefined)[];
  /** What each of them is an exception to; -1 for rules. */
  readonly parents: readonly number[];
  /** How many words of 32 a set of them takes. */
  readonly words: number;

  constructor(rules: readonly RuleItem[]) {
    const items: Item[] = [];
    const parents: number[] = [];
    const place = (item: Item, parent: number): void => {
      const number = items.push(item) - 1;
      parents.push(parent);
      for (const exception of item.exceptions) place(exception, number);
    };
    this.roots = rules.map((item) => {
      const at = items.length;
      place(item, -1);
      return { item, at, end: items.length };
    });
    const rootAt: number[] = [];
    for (const [root, { at }] of this.roots.entries()) rootAt[at] = root;
    this.rootAt = rootAt;
    this.items = items;
    this.parents = parents;
    this.words = (items.length + 31) >> 5;
  }

  /** The words of a set: those for which something holds. */
  row(holds: (item: Item, number: number) => boolean): Uint32Array {
    const words = new Uint32Array(this.words);
    for (let number = 0; number < this.items.length; number++)
      if (holds(this.items[number]!, number)) words[number >> 5]! |= 1 << (number & 31);
    return words;
  }
  /** Those rules, with all their exceptions, for which something holds. */
  rowOfRoots(holds: (item: RuleItem) => boolean): Uint32Array {
    const words = new Uint32Array(this.words);
    for (const { item, at, end } of this.roots)
      if (holds(item)) for (let number = at; number < end; number++) words[number >> 5]! |= 1 << (number & 31);
    return words;
  }
}
