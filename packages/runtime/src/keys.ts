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
  /** The first undeclared key so far. */
  readonly wrong: string | undefined;
  next: Order | undefined;
  other: Order | undefined;
}

export function keysOf(slots: ReadonlyMap<string, number>): Keys {
  const first: Order = { key: "", slot: 0, wrong: undefined, next: undefined, other: undefined };
  return { slots, first, size: 0 };
}

const empty = {};

let everythingHasKeys = false;

/** Looks whether somebody has given every object there is further keys; `own` goes by the last look. */
export function lookAround(): void {
  everythingHasKeys = false;
  for (const _ in empty) everythingHasKeys = true;
}

/** The object; or, where every object has further keys, its own ones alone. */
export function own(object: object): Record<string, unknown> {
  return everythingHasKeys ? Object.assign(Object.create(null), object) : (object as Record<string, unknown>);
}

/**
 * Where an order leads by a key, if the tree does not know yet. It does not remember undeclared keys, nor grow without
 * bound: who sends requests must not fill the memory.
 */
export function follow(keys: Keys, before: Order, key: string): Order {
  const slot = keys.slots.get(key) ?? 0;
  const wrong = before.wrong ?? (slot === 0 ? key : undefined);
  const order: Order = { key, slot, wrong, next: undefined, other: undefined };
  if (wrong === undefined && keys.size < 4_096) {
    keys.size++;
    order.other = before.next;
    before.next = order;
  }
  return order;
}

export function isObject(raw: unknown): raw is object {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}
