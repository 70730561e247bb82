import {
  covered,
  type DataRef,
  type Id,
  type ImpliedDenial,
  type Operation,
  type Reading,
  selectsChannel,
  selectsData,
  selectsPurpose,
  selectsRecipients,
  type World,
} from "@scruple/model";

/** Data as a request can name it: a field, at one of its levels (null where it has none). */
export interface DataPlace {
  readonly field: Id;
  readonly level: string | null;
}
/** Whom a request reaches: a channel, and one recipient, or (null) all that the channel reaches. */
export interface Route {
  readonly channel: Id;
  readonly recipient: Id | null;
}

/** Everything that a request can name, over all the models that are looked at together. */
export interface Places {
  readonly data: readonly DataPlace[];
  readonly purposes: readonly Id[];
  readonly routes: readonly Route[];
}

export function placesOf(worlds: readonly World[]): Places {
  const data = new Map<string, DataPlace>();
  const purposes = new Set<Id>();
  const routes = new Map<string, Route>();
  for (const world of worlds) {
    for (const [field, { levels }] of world.fields) {
      for (const level of levels.length === 0 ? [null] : levels) data.set(`${field} ${level}`, { field, level });
    }
    for (const { id } of world.model.purposes) purposes.add(id);
    for (const { id: channel, reaches } of world.model.channels) {
      for (const recipient of [null, ...covered(world.recipients, reaches)])
        routes.set(`${channel} ${recipient}`, { channel, recipient });
    }
  }
  return { data: [...data.values()], purposes: [...purposes].sort(), routes: [...routes.values()] };
}

/** Some places of one dimension: 1 for each that is in. Those that say the same of one world are one object. */
export type PlaceSet = Uint8Array;

/** Which places the selectors of one model select. It asks the model's own selection, list by list. */
export class PlaceSets {
  readonly world: World;
  readonly places: Places;
  /** Places that the model itself knows. */
  readonly present: { readonly data: PlaceSet; readonly purposes: PlaceSet; readonly routes: PlaceSet };
  private readonly known = new Map<string, PlaceSet>();
  private readonly recipients: readonly (readonly Id[])[];

  constructor(world: World, places: Places) {
    this.world = world;
    this.places = places;
    this.recipients = places.routes.map(({ channel, recipient }) =>
      recipient === null ? (world.channelOf.get(channel)?.reaches ?? []) : [recipient],
    );
    this.present = {
      data: Uint8Array.from(places.data, (place) => Number(this.hasData(place))),
      purposes: Uint8Array.from(places.purposes, (id) => Number(world.names.purposes.has(id))),
      routes: Uint8Array.from(places.routes, (route) => Number(this.hasRoute(route))),
    };
  }

  purposes(named: readonly Id[] | null, reading: Reading): PlaceSet {
    return this.remembered(`purposes ${reading}`, named, this.present.purposes, (index) =>
      selectsPurpose(this.world, named, this.places.purposes[index]!, reading),
    );
  }
  channels(named: readonly Id[] | null, reading: Reading): PlaceSet {
    return this.remembered(`channels ${reading}`, named, this.present.routes, (index) =>
      selectsChannel(this.world, named, this.places.routes[index]!.channel, reading),
    );
  }
  reached(named: readonly Id[] | null, reading: Reading): PlaceSet {
    return this.remembered(`recipients ${reading}`, named, this.present.routes, (index) =>
      selectsRecipients(this.world, named, this.recipients[index]!, reading),
    );
  }
  /** Data alone, at a level or at any. */
  data(refs: readonly DataRef[] | null, level: string | null, reading: Reading): PlaceSet {
    const key = refs?.map((ref) => `${ref.kind} ${"id" in ref ? ref.id : ""}`) ?? null;
    return this.remembered(`data ${reading} ${level}`, key, this.present.data, (index) => {
      const { field, level: asked } = this.places.data[index]!;
      return selectsData(this.world, { data: refs, with: null, level }, { field, with: null, level: asked }, reading);
    });
  }
  /** What an implied denial selects for an operation. */
  denied(denial: ImpliedDenial, operation: Operation): PlaceSet {
    return this.remembered(`${denial.path} ${operation}`, null, this.present.data, (index) =>
      denial.selectsField(this.places.data[index]!.field, operation),
    );
  }
  purposesBut(denial: ImpliedDenial): PlaceSet {
    return this.remembered(
      `but ${denial.path}`,
      null,
      this.present.purposes,
      (index) => !denial.exceptPurposes.has(this.places.purposes[index]!),
    );
  }
  channelsOf(denial: ImpliedDenial): PlaceSet {
    return this.remembered(
      `on ${denial.path}`,
      null,
      this.present.routes,
      (index) => denial.channels === null || denial.channels.has(this.places.routes[index]!.channel),
    );
  }

  private hasData({ field, level }: DataPlace): boolean {
    const info = this.world.fields.get(field);
    if (info === undefined || !this.world.names.fields.has(field)) return false;
    // Where one model has levels and the other has none, to ask for none is to ask the former for the finest.
    return level === null || info.levels.includes(level);
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
    present: PlaceSet,
    selects: (index: number) => boolean,
  ): PlaceSet {
    const key = named === null ? what : `${what}:${named.join(" ")}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const set = Uint8Array.from(present, (isPresent, index) => (isPresent === 1 && selects(index) ? 1 : 0));
    this.known.set(key, set);
    return set;
  }
}
