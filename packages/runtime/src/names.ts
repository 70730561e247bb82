import { expandRuns, readDigits } from "./digits.ts";
import type { Hierarchy } from "./tables.ts";

/** The names by which a request may call things: bare, or behind their policy, which is seldom and kept apart. */
export class NameTable {
  private readonly bare = new Map<unknown, number>();
  private readonly qualified = new Map<unknown, number>();

  add(index: number, policy: string, name: string, isBare: boolean): void {
    this.qualified.set(keyOf(`${policy}.${name}`), index);
    if (isBare) this.bare.set(name, index);
  }

  get(name: unknown): number | undefined {
    return this.bare.get(name) ?? this.qualified.get(name);
  }

  keys(): readonly string[] {
    return [...this.bare.keys(), ...this.qualified.keys()] as string[];
  }
}

export function nameTable(names: readonly string[], owners: string, policies: readonly string[]): NameTable {
  const table = new NameTable();
  const owner = expandRuns(readDigits(owners), names.length);
  names.forEach((name, index) => {
    const code = (owner[index] as number) - 1;
    if (code >= 0) table.add(index, policies[code >> 1] as string, name, (code & 1) === 1);
  });
  return table;
}

export interface Tree {
  readonly names: NameTable;
  readonly size: number;
  /** Parents stand before their children. */
  readonly parents: readonly (readonly number[])[];
  /** See `relation`; made when first asked for. */
  readonly relations: (Uint8Array | undefined)[];
}

export function treeOf({ names, owners, parents }: Hierarchy, policies: readonly string[]): Tree {
  const list = split(names, " ");
  return {
    names: nameTable(list, owners, policies),
    size: list.length,
    parents: parents === "" ? list.map(() => []) : lists(parents),
    relations: [],
  };
}

export function split(text: string, by: string): string[] {
  return text === "" ? [] : text.split(by).map(keyOf);
}

/**
 * The same text. As the key of an object it has been given a form of its own; what `split` and templates make are views
 * into other texts, and slow to compare.
 */
export function keyOf(text: string): string {
  return Object.keys({ [text]: 0 })[0] as string;
}

/** Length, elements, length, elements, … */
export function lists(text: string): number[][] {
  const numbers = readDigits(text);
  const result: number[][] = [];
  for (let i = 0; i < numbers.length; ) {
    const end = i + 1 + (numbers[i] as number);
    result.push(numbers.slice(i + 1, end));
    i = end;
  }
  return result;
}

/** For each in the tree: 3 if it alone covers `one` narrowly, 2 if they only overlap, 0 if not even that. */
export function relation(tree: Tree, one: number): Uint8Array {
  return tree.relations[one] ?? relate(tree, one);
}

function relate(tree: Tree, one: number): Uint8Array {
  const { parents, size } = tree;
  const row = new Uint8Array(size);
  // All that it is within, and then all that is within it: parents have the lower indexes.
  row[one] = 2;
  for (let i = one; i >= 0; i--)
    if (row[i] !== 0) for (const parent of parents[i] as readonly number[]) row[parent] = 2;
  const above = Array.from(row.keys()).filter((i) => row[i] !== 0);
  const below = new Uint8Array(size);
  below[one] = 2;
  for (let i = one + 1; i < size; i++)
    if ((parents[i] as readonly number[]).some((parent) => below[parent] !== 0)) below[i] = 2;
  for (let i = one + 1; i < size; i++) row[i] = below[i] as number;
  // What covers all parents of something covers it as well.
  const coverings = new Map<number, ReadonlySet<number>>();
  for (const i of above) {
    const [first, ...others] = (parents[i] as readonly number[]).map((parent) => coverings.get(parent));
    const common = [...(first ?? [])].filter((cover) => others.every((set) => set?.has(cover)));
    coverings.set(i, new Set([...common, i]));
  }
  for (const cover of coverings.get(one) ?? []) row[cover] = 3;
  tree.relations[one] = row;
  return row;
}
