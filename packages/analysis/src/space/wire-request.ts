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

/** By the names that they are the shortest of. */
const all = new WeakMap<ReadonlyMap<string, Id>, ReadonlyMap<Id, string>>();

export function requestWords({ names }: World): RequestWords {
  return {
    interaction: (id) => shortest(names.interactions, id),
    field: (id) => shortest(names.fields, id),
    purpose: (id) => shortest(names.purposes, id),
    channel: (id) => shortest(names.channels, id),
    recipient: (id) => shortest(names.recipients, id),
  };
}

function shortest(names: ReadonlyMap<string, Id>, id: Id): string {
  let known = all.get(names);
  if (known === undefined) {
    const byId = new Map<Id, string>();
    for (const [name, one] of names) if (name.length <= (byId.get(one) ?? name).length) byId.set(one, name);
    known = byId;
    all.set(names, known);
  }
  return known.get(id) ?? id;
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
