import type { Id, World } from "@scruple/model";
import type { WireFacts } from "../wire-facts.ts";
import type { Cell } from "./cell.ts";

/** A request as it is written, with what it leaves out left out. */
export type WireRequest = Readonly<Record<string, unknown>>;

/** How ids are written in a request: as short as they can be. */
export interface RequestWords {
  interaction(id: Id): string;
  field(id: Id): string;
  purpose(id: Id): string;
  channel(id: Id): string;
  recipient(id: Id): string;
}

const all = new WeakMap<World, RequestWords>();

export function requestWords(world: World): RequestWords {
  const known = all.get(world);
  if (known !== undefined) return known;
  const { interactions, fields, purposes, channels, recipients } = world.names;
  const words = {
    interaction: shortest(interactions),
    field: shortest(fields),
    purpose: shortest(purposes),
    channel: shortest(channels),
    recipient: shortest(recipients),
  };
  all.set(world, words);
  return words;
}

function shortest(names: ReadonlyMap<string, Id>): (id: Id) => string {
  const byId = new Map<Id, string>();
  for (const [name, id] of names) if (name.length <= (byId.get(id) ?? name).length) byId.set(id, name);
  return (id) => byId.get(id) ?? id;
}

/** The request of a cell that its act stands for, with some facts. */
export function wireRequest(
  world: World,
  { act, routes }: Pick<Cell, "act" | "routes">,
  facts: WireFacts,
): WireRequest {
  const words = requestWords(world);
  const { ages, subject, facts: known, consents, objections } = facts;
  const piece = (field: Id, age: number | null | undefined) =>
    ages === null || age === null ? words.field(field) : { field: words.field(field), age };
  const { recipient } = routes[0]!;
  return {
    interaction: words.interaction(act.interaction),
    operation: act.operation,
    data: piece(act.field, ages?.data),
    ...(act.with === null ? {} : { with: piece(act.with, ages?.with) }),
    purpose: words.purpose(act.purpose),
    channel: words.channel(act.channel),
    ...(recipient === null ? {} : { recipient: words.recipient(recipient) }),
    ...(act.level === null ? {} : { precision: act.level }),
    ...(Object.keys(subject).length === 0 ? {} : { subject }),
    ...(Object.keys(known).length === 0 ? {} : { facts: known }),
    ...(consents === undefined ? {} : { consents }),
    ...(objections === undefined ? {} : { objections }),
  };
}
