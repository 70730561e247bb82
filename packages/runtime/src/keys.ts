/**
 * Objects of one kind arrive with their keys in few different orders. A tree of the orders seen so far tells for each
 * key where its value goes, and whether it is declared at all, by one comparison.
 */
export interface Keys {
  /** From 1. */
  readonly slots: ReadonlyMap<string, number>;
  readonly first: Order;
  size: number;
}

export interface Order {
  readonly key: string;
  /** 0: not declared. */
  readonly slot: number;
  readonly before: Order | undefined;
  /** The first undeclared key so far. */
  readonly wrong: string | undefined;
  next: Order | undefined;
  other: Order | undefined;
}

export function keysOf(slots: ReadonlyMap<string, number>): Keys {
  const first: Order = { key: "", slot: 0, before: undefined, wrong: undefined, next: undefined, other: undefined };
  return { slots, first, size: 0 };
}

const empty = {};

/** The object; or, where somebody has given every object there is further keys, its own ones alone. */
export function own(object: object): Record<string, unknown> {
  for (const _ in empty) return Object.assign(Object.create(null), object);
  return object as Record<string, unknown>;
}

/** Reads each property once into its slot. Slot 0 takes what is not declared. */
export function readInto(keys: Keys, object: object, values: unknown[]): Order {
  const source = own(object);
  let order = keys.first;
  for (const key in source) {
    let next = order.next;
    while (next !== undefined && next.key !== key) next = next.other;
    order = next === undefined ? follow(keys, order, key) : next;
    values[order.slot] = source[key];
  }
  return order;
}

/** The tree does not remember undeclared keys, nor grow without bound: who sends requests must not fill the memory. */
function follow(keys: Keys, before: Order, key: string): Order {
  const slot = keys.slots.get(key) ?? 0;
  const wrong = before.wrong ?? (slot === 0 ? key : undefined);
  const order: Order = { key, slot, before, wrong, next: undefined, other: undefined };
  if (wrong === undefined && keys.size < 4_096) {
    keys.size++;
    order.other = before.next;
    before.next = order;
  }
  return order;
}

/** Lets go of the values. */
export function forget(order: Order | undefined, values: unknown[]): void {
  for (let one = order; one !== undefined; one = one.before) values[one.slot] = undefined;
}

export function isObject(raw: unknown): raw is object {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}
