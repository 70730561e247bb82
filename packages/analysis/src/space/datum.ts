import {
  type Act,
  covered,
  type Id,
  type Interaction,
  type Operation,
  requestedLevel,
  type World,
} from "@scruple/model";

/** What a request can name as its data. For `combine`, `with` is the field that it is joined with; either may stand first. */
export interface Datum {
  readonly field: Id;
  readonly with: Id | null;
  /** Null: the finest, or the data has no levels. */
  readonly level: string | null;
}

/** Whom a request reaches: a channel, and one recipient, or (null) all that the channel reaches. */
export interface Route {
  readonly channel: Id;
  readonly recipient: Id | null;
}

/** A field at one of its levels; null for the finest, or where it has none. */
export interface Place {
  readonly field: Id;
  readonly level: string | null;
}

/** Every field that a request can name, at each of its levels, the finest first. */
export function placesOf(world: World): readonly Place[] {
  const nameable = new Set(world.names.fields.values());
  return [...world.fields].flatMap(([field, { levels }]) =>
    nameable.has(field) ? [null, ...levels.slice(1)].map((level) => ({ field, level })) : [],
  );
}

/** The routes over a channel that a request can name. */
export function routesOver(world: World, channel: Id): readonly Route[] {
  const nameable = new Set(world.names.recipients.values());
  const reached = covered(world.recipients, world.channelOf.get(channel)?.reaches ?? []);
  const named = [...reached].filter((recipient) => nameable.has(recipient));
  return [null, ...named].map((recipient) => ({ channel, recipient }));
}

export function recipientsOf(world: World, { channel, recipient }: Route): readonly Id[] {
  return recipient === null ? (world.channelOf.get(channel)?.reaches ?? []) : [recipient];
}

/** One request asks for one precision, which each field reads on its own scale; null where two places never come together. */
export function joined(world: World, one: Place, other: Place): Datum | null {
  const [here, there] = [one, other].map(({ field }) => world.fields.get(field)?.levels ?? []);
  for (const level of new Set([null, one.level, other.level])) {
    if (read(here!, level) === one.level && read(there!, level) === other.level)
      return { field: one.field, with: other.field, level };
  }
  return null;
}

/** The level at which a field comes where one is asked for; null for the finest. */
export function read(levels: readonly string[], asked: string | null): string | null {
  const index = requestedLevel(levels, asked);
  return index === 0 ? null : levels[index]!;
}

/** Requests for some data by what else they can name. */
interface Requests {
  readonly interaction: Interaction;
  readonly operation: Operation;
  readonly purposes: readonly Id[];
  readonly routes: readonly Route[];
}

/** The first of some requests for a datum. */
export function actOf(world: World, { interaction, operation, purposes, routes }: Requests, datum: Datum): Act {
  const route = routes[0]!;
  const { field, with: other, level } = datum;
  const recipients = recipientsOf(world, route);
  const { channel } = route;
  const purpose = purposes[0]!;
  return { interaction: interaction.id, operation, field, with: other, purpose, channel, recipients, level };
}
