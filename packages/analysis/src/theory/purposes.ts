import { type Id, overlapping, type World } from "@scruple/model";
import { remembered } from "../remembered.ts";

/** What consents and objections need to know of the purposes of a world. */
export interface Purposes {
  /** Those that a consent or an objection in a request can name: the policy's own and those of policies that it uses itself. */
  readonly nameable: ReadonlySet<Id>;
  /** Whatever a purpose is within, itself included, those first that others are within. */
  above(purpose: Id): readonly Id[];
  parents(purpose: Id): readonly Id[];
  /** Whatever overlaps a purpose. */
  overlapping(purpose: Id): ReadonlySet<Id>;
  /** How an id is written in a request: bare where that means it. */
  nameOf(purpose: Id): string;
}

const all = new WeakMap<World["purposes"], Purposes>();

export function purposesOf(world: World): Purposes {
  const known = all.get(world.purposes);
  if (known !== undefined) return known;
  const { purposes } = world;
  const names = world.names.purposes;
  const shortest = new Map<Id, string>();
  for (const [name, id] of names) if (name.length <= (shortest.get(id) ?? name).length) shortest.set(id, name);
  const rank = new Map(purposes.order.map((id, index) => [id, index]));
  const above = new Map<Id, readonly Id[]>();
  const overlaps = new Map<Id, ReadonlySet<Id>>();
  const result: Purposes = {
    nameable: new Set(names.values()),
    above: (purpose) => remembered(above, purpose, () => ancestors(purposes.parents, rank, purpose)),
    parents: (purpose) => purposes.parents.get(purpose) ?? [],
    overlapping: (purpose) => remembered(overlaps, purpose, () => overlapping(purposes, [purpose])),
    nameOf: (purpose) => shortest.get(purpose) ?? purpose,
  };
  all.set(world.purposes, result);
  return result;
}

function ancestors(parents: ReadonlyMap<Id, readonly Id[]>, rank: ReadonlyMap<Id, number>, purpose: Id): readonly Id[] {
  const found = new Set([purpose]);
  for (const id of found) for (const parent of parents.get(id) ?? []) found.add(parent);
  return [...found].sort((a, b) => rank.get(a)! - rank.get(b)!);
}
