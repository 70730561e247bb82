import {
  type DataRef,
  type Id,
  type ImpliedDenial,
  type Operation,
  type Reading,
  selectedFields,
  selectsChannel,
  selectsData,
  selectsPurpose,
  selectsRecipients,
  type World,
} from "@scruple/model";
import type { Indexes } from "./names.ts";

/** Some of the values of one dimension of a request. Equal ones are one object. */
export interface PlaceSet {
  readonly id: number;
  /** Nothing is left out. */
  readonly all: boolean;
  /** 1 for each that is in. */
  readonly has: Uint8Array;
  readonly members: readonly number[];
}

/** Which data a selector selects, and where among that its precision fits as well. */
export interface DataPlaces {
  readonly selected: PlaceSet;
  readonly fits: PlaceSet;
}

/**
 * What selectors come to, dimension by dimension. Whether something is selected is asked of the model's own selection
 * alone; that the same lists recur in many rules is what makes it affordable.
 */
export class Places {
  private readonly world: World;
  private readonly indexes: Indexes;
  /** By a hash of their members. */
  private readonly sets = new Map<number, PlaceSet[]>();
  private count = 0;
  private readonly known = new Map<string, PlaceSet>();
  /** What lists of categories select. */
  private readonly kindSets = new Set<PlaceSet>();
  private readonly byData = new Map<string, DataPlaces>();
  private readonly lists = new Map<string, readonly DataRef[]>();
  private readonly fields: readonly (readonly [field: Id, level: string | null])[];
  private readonly placesOf = new Map<Id, number[]>();

  constructor(world: World, indexes: Indexes) {
    this.world = world;
    this.indexes = indexes;
    this.fields = [...indexes.fields.keys()].flatMap((id): (readonly [Id, string | null])[] => {
      const levels = world.fields.get(id)?.levels ?? [];
      return levels.length === 0 ? [[id, null]] : levels.map((level) => [id, level]);
    });
    for (const [place, [id]] of this.fields.entries()) {
      const others = this.placesOf.get(id);
      if (others === undefined) this.placesOf.set(id, [place]);
      else others.push(place);
    }
  }

  purposes(named: readonly Id[] | null, reading: Reading): PlaceSet {
    return this.remembered("purposes", named, reading, this.indexes.purposes.keys(), (id) =>
      selectsPurpose(this.world, named, id, reading),
    );
  }

  channels(named: readonly Id[] | null, reading: Reading): PlaceSet {
    return this.remembered("channels", named, reading, this.indexes.channels.keys(), (id) =>
      selectsChannel(this.world, named, id, reading),
    );
  }

  reaches(named: readonly Id[] | null, reading: Reading): PlaceSet {
    return this.remembered("reaches", named, reading, this.indexes.reaches, (recipients) =>
      selectsRecipients(this.world, named, recipients, reading),
    );
  }

  data(given: readonly DataRef[] | null, level: string | null, reading: Reading): DataPlaces {
    const key = given === null ? "all" : given.map((ref) => `${ref.kind} ${"id" in ref ? ref.id : ""}`).join(" ");
    const known = this.byData.get(`${reading} ${level} ${key}`);
    if (known !== undefined) return known;
    const made = this.dataPlaces(key, given, level, reading);
    this.byData.set(`${reading} ${level} ${key}`, made);
    return made;
  }

  private dataPlaces(
    key: string,
    given: readonly DataRef[] | null,
    level: string | null,
    reading: Reading,
  ): DataPlaces {
    const list = given === null ? null : (this.lists.get(key) ?? given);
    if (list !== null) this.lists.set(key, list);
    const { direct, derived } = selectedFields(this.world, list, reading);
    const selected = this.setOf([...direct, ...derived].flatMap((id) => this.placesOf.get(id) ?? []));
    if (given?.every(({ kind }) => kind === "category" || kind === "special")) this.kindSets.add(selected);
    if (level === null) return { selected, fits: selected };
    const selector = { data: list, with: null, level };
    const fits = this.remembered("data", [key, level], reading, this.fields, ([field, asked]) =>
      selectsData(this.world, selector, { field, with: null, level: asked }, reading),
    );
    return { selected, fits };
  }

  /** The fields that an implied denial selects for an operation. */
  denied(denial: ImpliedDenial, operation: Operation): PlaceSet {
    return this.remembered(denial.kind, [denial.path, operation], "wide", this.fields, ([field]) =>
      denial.selectsField(field, operation),
    );
  }

  purposesBut(excepted: ReadonlySet<Id>): PlaceSet {
    return this.set(Array.from(this.indexes.purposes.keys(), (id) => !excepted.has(id)));
  }

  channelsIn(channels: ReadonlySet<Id> | null): PlaceSet {
    return this.set(Array.from(this.indexes.channels.keys(), (id) => channels === null || channels.has(id)));
  }

  private remembered<T>(
    what: string,
    named: readonly string[] | null,
    reading: Reading,
    values: Iterable<T>,
    selects: (value: T) => boolean,
  ): PlaceSet {
    const key = `${what} ${reading} ${named === null ? "" : `:${named.join(" ")}`}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const set = this.set(Array.from(values, selects));
    this.known.set(key, set);
    return set;
  }

  /** @param places Those of data, in any order and any number of times. */
  private setOf(places: readonly number[]): PlaceSet {
    const members = [...new Set(places)].sort((a, b) => a - b);
    return this.interned(members, this.fields.length);
  }

  private set(isIn: readonly boolean[]): PlaceSet {
    const members: number[] = [];
    for (let index = 0; index < isIn.length; index++) if (isIn[index] === true) members.push(index);
    return this.interned(members, isIn.length);
  }

  private interned(members: readonly number[], size: number): PlaceSet {
    let hash = size;
    for (const member of members) hash = (Math.imul(hash, 31) + member) | 0;
    const alike = this.sets.get(hash) ?? [];
    this.sets.set(hash, alike);
    const known = alike.find(
      (one) =>
        one.has.length === size &&
        one.members.length === members.length &&
        members.every((member) => one.has[member] === 1),
    );
    if (known !== undefined) return known;
    const has = new Uint8Array(size);
    for (const member of members) has[member] = 1;
    const set = { id: this.count++, all: members.length === size, has, members };
    alike.push(set);
    return set;
  }

  /**
   * For each place, the kind of data that stands there: of one kind is what all lists of categories select alike. Numbered
   * by first occurrence.
   */
  kinds(): ArrayLike<number> {
    let kinds = new Int32Array(this.fields.length);
    for (const { has } of this.kindSets) {
      const numbers = new Map<number, number>();
      kinds = kinds.map((kind, place) => {
        const key = 2 * kind + (has[place] as number);
        const number = numbers.get(key) ?? numbers.size;
        numbers.set(key, number);
        return number;
      });
    }
    return kinds;
  }
}
