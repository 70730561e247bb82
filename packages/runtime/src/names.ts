import { expandRuns, readDigits } from "./digits.ts";
import type { Hierarchy } from "./tables.ts";

/** Adds the names by which a request may call each thing: bare, and behind its policy. */
export function nameTable(names: readonly string[], owners: string, policies: readonly string[]): Map<string, number> {
  const table = new Map<string, number>();
  const owner = expandRuns(readDigits(owners), 0, names.length);
  names.forEach((name, index) => {
    const code = (owner[index] as number) - 1;
    if (code < 0) return;
    table.set(`${policies[code >> 1]}.${name}`, index);
    if (code & 1) table.set(name, index);
  });
  return table;
}

export interface Tree {
  readonly names: ReadonlyMap<unknown, number>;
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
  return text === "" ? [] : text.split(by);
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

/** For each in the tree: 1 if `one` covers it narrowly, 2 if they overlap, 3 if both. */
export function relation(tree: Tree, one: number): Uint8Array {
  return tree.relations[one] ?? relate(tree, one);
}

function relate(tree: Tree, one: number): Uint8Array {
  const row = new Uint8Array(tree.size);
  row[one] = 3;
  for (let i = one + 1; i < tree.size; i++) {
    const above = tree.parents[i] as readonly number[];
    if (above.some((parent) => (row[parent] as number) > 0)) row[i] = 2;
    if (above.length > 0 && above.every((parent) => ((row[parent] as number) & 1) > 0)) row[i] = 3;
  }
  const upwards = (i: number): void => {
    for (const parent of tree.parents[i] as readonly number[]) {
      if (row[parent] === 0) {
        row[parent] = 2;
        upwards(parent);
      }
    }
  };
  upwards(one);
  tree.relations[one] = row;
  return row;
}
