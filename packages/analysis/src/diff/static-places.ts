import {
  covered,
  type DataRef,
  type Id,
  type ImpliedDenial,
  type Operation,
  type Reading,
  selectsChannel,
  selectsPurpose,
  selectsRecipients,
  type World,
} from "@scruple/model";
import { type Bits, bitsWhere, has, intersection } from "../bits.ts";
import { PlaceSets as Lists } from "../space/place-sets.ts";
import { AskedLevels, type DataPlace } from "./asked-levels.ts";

/** Whom a request reaches: a channel, and one recipient, or (null) all that the channel reaches. */
export interface Route {
  readonly channel: Id;
  readonly recipient: Id | null;
}

/** Everything that a request can name, over all the models that are looked at together. */
export interface Places {
  readonly interactions: readonly Id[];
  readonly data: readonly DataPlace[];
  readonly levels: AskedLevels;
  readonly purposes: readonly Id[];
  readonly routes: readonly Route[];
}

export function placesOf(worlds: readonly World[]): Places {
  const levels = new AskedLevels(worlds);
  const interactions = new Set<Id>();
  const purposes = new Set<Id>();
  const routes = new Map<string, Route>();
  for (const world of worlds) {
    for (const { id } of world.model.interactions) interactions.add(id);
    for (const { id } of world.model.purposes) purposes.add(id);
    for (const { id: channel, reaches } of world.model.channels) {
      for (const recipient of [null, ...covered(world.recipients, reaches)])
        routes.set(`${channel} ${recipient}`, { channel, recipient });
    }
  }
  return {
    interactions: [...interactions].sort(),
    data: levels.places(),
    levels,
    purposes: [...purposes].sort(),
    routes: [...routes.values()],
  };
}

/** Which places the selectors of one model select. It asks the model's own selection, list by list. */
export class PlaceSets {
  readonly world: World;
  readonly places: Places;
  /** Places that the model itself knows, and so answers for. */
  readonly present: { readonly data: Bits; readonly purposes: Bits; readonly routes: Bits };
  /** Places of the fields that it knows. At a level that it does not know, they come at the finest if what they are joined with has it. */
  readonly ofFields: Bits;
  private readonly known: Map<string, Bits>;
  private readonly lists: Lists;
  private readonly recipients: readonly (readonly Id[])[];

  /** @param like Those of a model with the same vocabulary: equal selectors select alike there. */
  constructor(world: World, places: Places, like: PlaceSets | null = null) {
    this.world = world;
    this.places = places;
    this.known = like?.known ?? new Map();
    this.lists = like?.lists ?? new Lists(world, places.data);
    this.recipients = places.routes.map(({ channel, recipient }) =>
      recipient === null ? (world.channelOf.get(channel)?.reaches ?? []) : [recipient],
    );
    this.ofFields = like?.ofFields ?? bitsWhere(places.data.length, (index) => this.hasField(places.data[index]!));
    this.present = like?.present ?? {
      data: bitsWhere(places.data.length, (index) => has(this.ofFields, index) && this.hasLevel(places.data[index]!)),
      purposes: bitsWhere(places.purposes.length, (index) => world.names.purposes.has(places.purposes[index]!)),
      routes: bitsWhere(places.routes.length, (index) => this.hasRoute(places.routes[index]!)),
    };
  }

  purposes(named: readonly Id[] | null, reading: Reading): Bits {
    if (named === null) return this.present.purposes;
    return this.remembered(`purposes ${reading}`, named, this.present.purposes, (index) =>
      selectsPurpose(this.world, named, this.places.purposes[index]!, reading),
    );
  }
  routes(channels: readonly Id[] | null, recipients: readonly Id[] | null, reading: Reading): Bits {
    const { routes: all } = this.places;
    const present = this.present.routes;
    const onChannel =
      channels &&
      this.remembered(`channels ${reading}`, channels, present, (index) =>
        selectsChannel(this.world, channels, all[index]!.channel, reading),
      );
    const reached =
      recipients &&
      this.remembered(`recipients ${reading}`, recipients, present, (index) =>
        selectsRecipients(this.world, recipients, this.recipients[index]!, reading),
      );
    if (onChannel === null || reached === null) return onChannel ?? reached ?? present;
    return intersection(onChannel, reached);
  }
  /** Data alone, at a level or at any. */
  data(refs: readonly DataRef[] | null, level: string | null, reading: Reading): Bits {
    const { ofFields } = this;
    if (refs === null && level === null) return ofFields;
    const names = refs?.map((ref) => `${ref.kind} ${"id" in ref ? ref.id : ""}`).join() ?? "";
    const key = `data ${reading} ${level}:${names}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const selected = this.lists.fitting(refs, level, reading);
    const set = bitsWhere(selected.length, (index) => selected[index] === 1 && has(ofFields, index));
    this.known.set(key, set);
    return set;
  }
  /** What an implied denial selects for an operation. */
  denied(denial: ImpliedDenial, operation: Operation): Bits {
    return this.remembered(`${denial.path} ${operation}`, null, this.ofFields, (index) =>
      denial.selectsField(this.places.data[index]!.field, operation),
    );
  }
  purposesBut({ path, exceptPurposes }: ImpliedDenial): Bits {
    if (exceptPurposes.size === 0) return this.present.purposes;
    return this.remembered(
      `but ${path}`,
      null,
      this.present.purposes,
      (index) => !exceptPurposes.has(this.places.purposes[index]!),
    );
  }
  routesOf({ path, channels }: ImpliedDenial): Bits {
    if (channels === null) return this.present.routes;
    return this.remembered(`on ${path}`, null, this.present.routes, (index) =>
      channels.has(this.places.routes[index]!.channel),
    );
  }

  private hasField({ field }: DataPlace): boolean {
    return this.world.fields.has(field) && this.world.names.fields.has(field);
  }
  private hasLevel({ field, level }: DataPlace): boolean {
    return level === null || this.world.fields.get(field)!.levels.includes(level);
  }
  private hasRoute({ channel, recipient }: Route): boolean {
    const known = this.world.channelOf.get(channel);
    if (known === undefined || !this.world.names.channels.has(channel)) return false;
    if (recipient === null) return true;
    return this.world.names.recipients.has(recipient) && covered(this.world.recipients, known.reaches).has(recipient);
  }

  private remembered(
    what: string,
    named: readonly string[] | null,
    present: Bits,
    selects: (index: number) => boolean,
  ): Bits {
    const key = named === null ? what : `${what}:${named.join(" ")}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const set = bitsWhere(present.length * 32, (index) => has(present, index) && selects(index));
    this.known.set(key, set);
    return set;
  }
}
