import { type Id, lastPart, policyOf, type World, within } from "@scruple/model";
import { sidesOf } from "./cell-boxes.ts";
import type { StaticSpace } from "./static-cells.ts";

/** The shortest names that requests can give to what models declare, the last model's first. */
export class Naming {
  private readonly tables: Readonly<
    Record<"interactions" | "fields" | "purposes" | "channels" | "recipients", ReadonlyMap<Id, string>>
  >;

  constructor(worlds: readonly World[]) {
    const table = (kind: keyof World["names"]) => {
      const names = new Map<Id, string>();
      for (const { names: known } of worlds) {
        const own = new Map<Id, string>();
        for (const [name, id] of known[kind]) if (name.length <= (own.get(id) ?? name).length) own.set(id, name);
        for (const [id, name] of own) names.set(id, name);
      }
      return names;
    };
    this.tables = {
      interactions: table("interactions"),
      fields: table("fields"),
      purposes: table("purposes"),
      channels: table("channels"),
      recipients: table("recipients"),
    };
  }

  interaction(id: Id): string {
    return this.tables.interactions.get(id) ?? id;
  }
  field(id: Id): string {
    return this.tables.fields.get(id) ?? id;
  }
  purpose(id: Id): string {
    return this.tables.purposes.get(id) ?? id;
  }
  channel(id: Id): string {
    return this.tables.channels.get(id) ?? id;
  }
  recipient(id: Id): string {
    return this.tables.recipients.get(id) ?? id;
  }
}

/** Data in as few words as say exactly that: `any`, sources and categories before fields, fields before levels of them. */
export function generalData(
  values: readonly string[],
  space: StaticSpace,
  worlds: readonly World[],
  naming: Naming,
): readonly string[] {
  const single = values.filter((value) => sidesOf(value) === null).map(Number);
  const pairs = values.flatMap((value) => {
    const sides = sidesOf(value);
    if (sides === null) return [];
    const [one, other] = sides.map((side) => generalNames(side, space, worlds, naming).join(", "));
    return [`${one} with ${other}`];
  });
  return [...generalNames(single, space, worlds, naming), ...pairs];
}

interface Group {
  readonly name: string;
  readonly members: readonly number[];
}

const groupings = new WeakMap<StaticSpace, readonly Group[]>();

function generalNames(
  indices: readonly number[],
  space: StaticSpace,
  worlds: readonly World[],
  naming: Naming,
): readonly string[] {
  if (indices.length === 0) return [];
  const known = groupings.get(space) ?? groupsOf(space, worlds, naming);
  groupings.set(space, known);
  const wanted = new Set(indices);
  const left = new Set(indices);
  const names: string[] = [];
  for (const { name, members } of known) {
    if (left.size === 0) break;
    if (members.length > wanted.size || !members.some((one) => left.has(one))) continue;
    if (!members.every((one) => wanted.has(one))) continue;
    names.push(name);
    for (const one of members) left.delete(one);
  }
  return names;
}

/** Largest first; where two name the same data, what says more comes first. */
function groupsOf({ places }: StaticSpace, worlds: readonly World[], naming: Naming): readonly Group[] {
  const groups: Group[] = [{ name: "any", members: places.data.map((_, index) => index) }];
  const add = (name: string, isIn: (field: Id) => boolean) => {
    const members = places.data.flatMap(({ field }, index) => (isIn(field) ? [index] : []));
    // One field alone goes by its own name.
    if (new Set(members.map((index) => places.data[index]!.field)).size > 1) groups.push({ name, members });
  };
  for (const source of new Set(places.data.map(({ field }) => policyOf(field))))
    add(lastPart(source), (field) => policyOf(field) === source);
  const world = worlds.at(-1)!;
  for (const { id } of world.model.categories) {
    const inside = within(world.categories, [id]);
    add(lastPart(id), (field) => world.fields.get(field)?.field.categories.some((one) => inside.has(one)) ?? false);
  }
  for (const field of new Set(places.data.map((place) => place.field))) {
    const members = places.data.flatMap((place, index) => (place.field === field ? [index] : []));
    groups.push({ name: naming.field(field), members });
  }
  places.data.forEach(({ field, level }, index) => {
    if (level !== null) groups.push({ name: `${naming.field(field)} at ${level}`, members: [index] });
  });
  return groups.sort((a, b) => b.members.length - a.members.length);
}

/** A channel where each of its recipients is meant; else with the recipient. */
export function generalRoutes(values: readonly string[], { places }: StaticSpace, naming: Naming): readonly string[] {
  const byChannel = new Map<Id, number>();
  for (const { channel } of places.routes) byChannel.set(channel, (byChannel.get(channel) ?? 0) + 1);
  const routes = values.map((value) => places.routes[Number(value)]!);
  const names: string[] = [];
  for (const channel of new Set(routes.map((route) => route.channel))) {
    const own = routes.filter((route) => route.channel === channel);
    if (own.length === byChannel.get(channel)) names.push(naming.channel(channel));
    else {
      for (const { recipient } of own)
        names.push(
          recipient === null
            ? `${naming.channel(channel)} to all`
            : `${naming.channel(channel)} to ${naming.recipient(recipient)}`,
        );
    }
  }
  return names;
}
