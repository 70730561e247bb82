import type { Id } from "./model.ts";

/**
 * A directed acyclic graph of names, each within its parents. Everything is asked in one pass over the names in an order
 * in which parents stand before their children, so that depth costs no stack.
 */
export interface Hierarchy {
  /** Parents first. */
  readonly order: readonly Id[];
  readonly parents: ReadonlyMap<Id, readonly Id[]>;
}

/** @throws Error where names are within each other in a circle, or within one that is not there; a compiled model has none. */
export function hierarchy(nodes: Iterable<{ readonly id: Id; readonly within: readonly Id[] | Id | null }>): Hierarchy {
  const parents = new Map<Id, readonly Id[]>();
  const children = new Map<Id, Id[]>();
  const waiting = new Map<Id, number>();
  for (const { id, within } of nodes) {
    const list = within === null ? [] : typeof within === "string" ? [within] : within;
    parents.set(id, list);
    waiting.set(id, list.length);
    for (const parent of list) {
      const siblings = children.get(parent);
      if (siblings === undefined) children.set(parent, [id]);
      else siblings.push(id);
    }
  }
  const order = [...parents.keys()].filter((id) => waiting.get(id) === 0);
  for (let next = 0; next < order.length; next++) {
    for (const child of children.get(order[next] as Id) ?? []) {
      const left = (waiting.get(child) as number) - 1;
      waiting.set(child, left);
      if (left === 0) order.push(child);
    }
  }
  if (order.length !== parents.size) throw new Error("The model's hierarchies have a circle or an undeclared parent.");
  return { order, parents };
}

/** Narrow: all that is named, or has parents all of which are covered. */
export function covered({ order, parents }: Hierarchy, named: readonly Id[]): ReadonlySet<Id> {
  const result = new Set(named);
  for (const id of order) {
    const above = parents.get(id) ?? [];
    if (above.length > 0 && above.every((parent) => result.has(parent))) result.add(id);
  }
  return result;
}

/** All that is named, or is within one that is. */
export function within({ order, parents }: Hierarchy, named: readonly Id[]): ReadonlySet<Id> {
  const result = new Set(named);
  for (const id of order) if (parents.get(id)?.some((parent) => result.has(parent))) result.add(id);
  return result;
}

/** Wide: all that is the same as, within, or contains one that is named. */
export function overlapping(tree: Hierarchy, named: readonly Id[]): ReadonlySet<Id> {
  const above = new Set(named);
  for (let i = tree.order.length - 1; i >= 0; i--) {
    const id = tree.order[i] as Id;
    if (above.has(id)) for (const parent of tree.parents.get(id) ?? []) above.add(parent);
  }
  return new Set([...above, ...within(tree, named)]);
}
