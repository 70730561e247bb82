import { type DataRef, type Reading, selectedFields, selectsData, type World } from "@scruple/model";
import type { Place } from "./datum.ts";
import type { Item, RuleItem } from "./items.ts";

/** Places by their numbers, 1 for each that is in the set. */
export type PlaceSet = Uint8Array;

/** What a list of data selects, by place, whatever the level. */
export interface Selection {
  readonly direct: PlaceSet;
  readonly derived: PlaceSet;
  readonly either: PlaceSet;
}

/**
 * What lists of data select, as sets of places. A list is looked up in parts that select independently of each other, so that
 * ten thousand lists cost no more than the names in them: all that is named widely; narrowly, all but categories, of which
 * several can cover a field that none of them covers alone.
 */
export class PlaceSets {
  readonly places: readonly Place[];
  private readonly world: World;
  private readonly ofField = new Map<string, readonly number[]>();
  /** No field has several categories and no category several parents, so that no names cover more together than each alone. */
  private readonly isSimple: boolean;
  private readonly lists = new Map<string, Selection>();
  private readonly parts = new Map<string, Selection>();
  private readonly none: PlaceSet;

  constructor(world: World, places: readonly Place[]) {
    this.world = world;
    this.isSimple =
      [...world.fields.values()].every(({ field }) => field.categories.length === 1) &&
      [...world.categories.parents.values()].every((parents) => parents.length <= 1);
    this.places = places;
    this.none = new Uint8Array(places.length);
    const ofField = new Map<string, number[]>();
    for (const [index, { field }] of places.entries()) {
      const list = ofField.get(field);
      if (list === undefined) ofField.set(field, [index]);
      else list.push(index);
    }
    this.ofField = ofField;
  }

  placesOf(field: string): readonly number[] {
    return this.ofField.get(field) ?? [];
  }

  /** The places that an item selects when data is alone: none for one with `with`. */
  alone(item: Item): PlaceSet {
    const { selector, reading, implied } = item;
    if (implied === null)
      return selector.with === null ? this.fitting(selector.data, selector.level, reading) : this.none;
    const set = this.none.slice();
    const [operation] = (item as RuleItem).operations;
    for (const denial of implied)
      for (const [index, { field }] of this.places.entries())
        if (denial.selectsField(field, operation!)) set[index] = 1;
    return set;
  }

  /** The places that a list names, at whatever level. */
  named(refs: readonly DataRef[] | null, reading: Reading): Selection {
    const key = `${reading} ${refs === null ? "" : refs.map(textOf)}`;
    const known = this.lists.get(key) ?? this.computeNamed(refs, reading);
    this.lists.set(key, known);
    return known;
  }

  /** The places that a list names and that are at a level that fits. */
  fitting(refs: readonly DataRef[] | null, level: string | null, reading: Reading): PlaceSet {
    const { either } = this.named(refs, reading);
    if (level === null) return either;
    const alone = { data: refs, with: null, level };
    return either.map((bit, index) => {
      const fits = () => selectsData(this.world, alone, { ...this.places[index]!, with: null }, reading);
      return bit === 1 && fits() ? 1 : 0;
    });
  }

  private computeNamed(refs: readonly DataRef[] | null, reading: Reading): Selection {
    if (refs === null || refs.length === 1) return this.part(refs, reading);
    const isJoint = ({ kind }: DataRef) =>
      reading === "narrow" && !this.isSimple && (kind === "category" || kind === "special");
    const joint = refs.filter(isJoint);
    const parts = [...(joint.length > 0 ? [joint] : []), ...refs.filter((ref) => !isJoint(ref)).map((ref) => [ref])];
    return new Together(parts.map((part) => this.part(part, reading)));
  }

  private part(refs: readonly DataRef[] | null, reading: Reading): Selection {
    const key = `${reading} ${refs === null ? "" : refs.map(textOf).sort()}`;
    const known = this.parts.get(key);
    if (known !== undefined) return known;
    // A field's own name covers that field alone.
    const [only] = refs ?? [];
    const isOne = reading === "narrow" && refs?.length === 1 && only?.kind === "field";
    const { direct, derived } = isOne
      ? { direct: new Set([only.id]), derived: new Set<string>() }
      : selectedFields(this.world, refs, reading);
    const sets = [this.setOf(direct), this.setOf(derived)] as const;
    const made = { direct: sets[0], derived: sets[1], either: union(sets) };
    this.parts.set(key, made);
    return made;
  }

  private setOf(fields: ReadonlySet<string>): PlaceSet {
    const set = new Uint8Array(this.places.length);
    for (const field of fields) for (const place of this.placesOf(field)) set[place] = 1;
    return set;
  }
}

/** What several lists select between them. Each part of it is worked out when it is asked for: mostly only one is. */
class Together implements Selection {
  private readonly parts: readonly Selection[];
  private readonly made: { -readonly [Key in keyof Selection]?: PlaceSet } = {};

  constructor(parts: readonly Selection[]) {
    this.parts = parts;
  }

  get direct(): PlaceSet {
    this.made.direct ??= union(this.parts.map(({ direct }) => direct));
    return this.made.direct;
  }
  get derived(): PlaceSet {
    this.made.derived ??= union(this.parts.map(({ derived }) => derived));
    return this.made.derived;
  }
  get either(): PlaceSet {
    this.made.either ??= union(this.parts.map(({ either }) => either));
    return this.made.either;
  }
}

function textOf(ref: DataRef): string {
  return "id" in ref ? `${ref.kind} ${ref.id}` : ref.kind;
}

function union(sets: readonly PlaceSet[]): PlaceSet {
  const all = sets[0]!.slice();
  for (const set of sets.slice(1)) for (let i = 0; i < all.length; i++) all[i]! |= set[i]!;
  return all;
}
