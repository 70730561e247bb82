import { type Id, type Operation, operations } from "@scruple/model";
import type { BitSets } from "./bit-sets.ts";
import { type Datum, joined } from "./datum.ts";
import type { Ground } from "./ground.ts";
import type { InteractionPartition, Scope } from "./interaction-partition.ts";
import { type Kinds, kindsOf } from "./kinds.ts";
import { Pairing } from "./pairing.ts";
import type { PlaceSet } from "./place-sets.ts";

/** Data that the same rules and exceptions select. */
export interface DataClass {
  readonly set: number;
  /** For pairs of which pieces are kept for a time: one of them, since conditions ask the age of one piece or the other. */
  readonly ages: string;
  readonly data: readonly Datum[];
  /** The places of what is asked for alone; null for pairs. They are listed when they are first asked for. */
  readonly places: readonly number[] | null;
  readonly firstPlace: number | null;
  readonly isPairs: boolean;
  /** Some of it is special. */
  readonly isSpecial: boolean;
  /** Whether some of it, or of a pair one piece, is at one of some places; whatever the level, of a pair. */
  meets(places: PlaceSet): boolean;
}

/** The data that requests of one interaction can name, in classes by what selects it for an operation. */
export class DataClasses {
  private readonly partition: InteractionPartition;
  private readonly ground: Ground;
  private readonly sets: BitSets;
  private readonly kinds: Kinds;
  /** By operation, as the set of what is for it. */
  private readonly pairings = new Map<number, Pairing>();
  private readonly selected = new Map<number, readonly Singles[]>();
  private readonly all = new Map<number, readonly Singles[]>();

  /** @param own What the interaction's own rules and exceptions select of data that is asked for alone. */
  constructor(partition: InteractionPartition, own: readonly PlaceSet[]) {
    const { ground, interaction, sets } = partition;
    this.partition = partition;
    this.ground = ground;
    this.sets = sets;
    this.kinds = kindsOf(ground, ground.rowWithin(interaction), own, sets);
  }

  /** For an operation; without `unselected`, only classes that some allow selects. */
  of(operation: Operation, scope: Scope): readonly DataClass[] {
    const mask = this.partition.operationSet(operation);
    if (!this.partition.isOfInterest(mask, scope)) return [];
    return operation === "combine" ? this.pairs(mask, scope) : this.singles(mask, scope);
  }

  /** What selects data that is asked for alone, whatever the operation. */
  placeSet(place: number): number {
    return this.kinds.sets[this.kinds.of[place]!]!;
  }

  /** By place: the operations, as bits, for which some allow may select it, alone or as one of two. */
  get reached(): Uint8Array {
    const { sets, of } = this.kinds;
    const found = new Uint8Array(of.length);
    const ofKind = new Uint8Array(sets.length);
    for (const [bit, operation] of operations.entries()) {
      const wanted = this.allowsFor(this.partition.operationSet(operation));
      for (let kind = 0; kind < sets.length; kind++) if (this.sets.meet(sets[kind]!, wanted)) ofKind[kind]! |= 1 << bit;
      this.markPieces(wanted, found, 1 << bit);
    }
    for (let place = 0; place < of.length; place++) found[place]! |= ofKind[of[place]!]!;
    return found;
  }

  pairingFor(mask: number): Pairing {
    const known = this.pairings.get(mask) ?? new Pairing(this.partition, mask);
    this.pairings.set(mask, known);
    return known;
  }

  private allowsFor(mask: number): number {
    return this.sets.both(mask, this.partition.allows);
  }

  /** Marks the places that some of the rules name as one of two. */
  private markPieces(rules: number, places: Uint8Array, mark: number): void {
    for (const root of this.partition.rootsIn(rules)) {
      const { selector, reading } = this.partition.root(root).item;
      if (selector.with === null) continue;
      for (const refs of [selector.data, selector.with]) {
        const { direct } = this.ground.placeSets.named(refs, reading);
        for (let place = 0; place < places.length; place++) if (direct[place] === 1) places[place]! |= mark;
      }
    }
  }

  private singles(mask: number, { places: asked, unselected = false }: Scope): readonly DataClass[] {
    const all = this.classesOf(mask, unselected);
    if (asked === undefined) return all;
    return all.flatMap((one) => one.only(asked) ?? []).sort(byFirstPlace);
  }

  /** Kinds that the same selects for an operation; without `unselected`, only those that some allow selects. */
  private classesOf(mask: number, unselected: boolean): readonly Singles[] {
    const known = unselected ? this.all : this.selected;
    const before = known.get(mask);
    if (before !== undefined) return before;
    const wanted = this.allowsFor(mask);
    const made: Singles[] = [];
    const bySet = new Map<number, number[]>();
    const { sets } = this.kinds;
    // Kinds are in the order of their first places, and so are classes.
    for (let kind = 0; kind < sets.length; kind++) {
      if (!unselected && !this.sets.meet(sets[kind]!, wanted)) continue;
      const set = this.partition.both(sets[kind]!, mask);
      const alike = bySet.get(set);
      if (alike !== undefined) {
        alike.push(kind);
        continue;
      }
      const kinds = [kind];
      bySet.set(set, kinds);
      made.push(new Singles(this.ground, set, this.kinds, kinds));
    }
    known.set(mask, made);
    return made;
  }

  /** Places of a kind are looked at together; then the kinds two by two, as the model's own selection reads pairs. */
  private pairs(mask: number, scope: Scope): readonly DataClass[] {
    const pairing = this.pairingFor(mask);
    const kinds = new Map<string, number[]>();
    const wanted = this.allowsFor(mask);
    const isPiece = new Uint8Array(this.ground.places.length);
    this.markPieces(wanted, isPiece, 1);
    for (const place of this.ground.places.keys()) {
      if (!scope.unselected && isPiece[place] === 0 && !this.sets.meet(this.placeSet(place), wanted)) continue;
      const key = pairing.kindOf(place);
      const kind = kinds.get(key);
      if (kind === undefined) kinds.set(key, [place]);
      else kind.push(place);
    }
    const list = [...kinds.values()];
    const classes = new Map<string, Pairs>();
    for (const [index, ones] of list.entries()) {
      for (let other = index; other < list.length; other++) {
        const others = list[other]!;
        const set = this.partition.both(pairing.setOf(ones[0]!, others[0]!), mask);
        if (!this.partition.isOfInterest(set, scope)) continue;
        const data = this.joins(ones, others, scope);
        if (data.length === 0) continue;
        const isKept = this.sets.meet(set, this.partition.keeps);
        const key = `${set} ${isKept ? `${index}+${other}` : ""}`;
        const known = classes.get(key);
        const ages = isKept ? `${data[0]!.field}+${data[0]!.with}` : "";
        if (known === undefined) classes.set(key, new Pairs(this.ground, set, ages, data));
        else known.data.push(...data);
      }
    }
    return [...classes.values()];
  }

  private joins(ones: readonly number[], others: readonly number[], scope: Scope): Datum[] {
    const { places } = this.ground;
    const found: Datum[] = [];
    for (const one of ones) {
      for (const other of others) {
        if (ones === others && other < one) continue;
        const datum = joined(this.partition.world, places[one]!, places[other]!);
        if (datum !== null && (scope.pairs?.(datum) ?? true)) found.push(datum);
      }
    }
    return found;
  }
}

/** All data of some kinds, asked for alone. */
class Singles implements DataClass {
  readonly set: number;
  readonly ages = "";
  readonly isPairs = false;
  private readonly ground: Ground;
  private readonly all: Kinds;
  private readonly kinds: readonly number[];
  private madePlaces: readonly number[] | null = null;
  private madeData: readonly Datum[] | null = null;
  private hasSpecial: boolean | null = null;

  constructor(ground: Ground, set: number, all: Kinds, kinds: readonly number[]) {
    this.ground = ground;
    this.set = set;
    this.all = all;
    this.kinds = kinds;
  }

  get places(): readonly number[] {
    this.madePlaces ??= this.all.placesOf(this.kinds);
    return this.madePlaces;
  }
  get firstPlace(): number {
    return this.all.firstPlaceOf(this.kinds[0]!);
  }
  get data(): readonly Datum[] {
    this.madeData ??= this.places.map((place) => this.ground.datumOf(place));
    return this.madeData;
  }
  get isSpecial(): boolean {
    this.hasSpecial ??= this.meets(this.ground.special);
    return this.hasSpecial;
  }
  meets(places: PlaceSet): boolean {
    return this.kinds.some((kind) => this.all.meets(kind, places));
  }
  /** What of it is in a set; null for nothing. */
  only(asked: PlaceSet): Chosen | null {
    const places = this.places.filter((place) => asked[place] === 1);
    return places.length === 0 ? null : new Chosen(this.ground, this.set, places);
  }
}

/** Some of it. */
class Chosen implements DataClass {
  readonly set: number;
  readonly ages = "";
  readonly isPairs = false;
  readonly places: readonly number[];
  private readonly ground: Ground;
  private made: readonly Datum[] | null = null;

  constructor(ground: Ground, set: number, places: readonly number[]) {
    this.ground = ground;
    this.set = set;
    this.places = places;
  }

  get firstPlace(): number {
    return this.places[0]!;
  }
  get data(): readonly Datum[] {
    this.made ??= this.places.map((place) => this.ground.datumOf(place));
    return this.made;
  }
  get isSpecial(): boolean {
    return this.meets(this.ground.special);
  }
  meets(places: PlaceSet): boolean {
    return this.places.some((place) => places[place] === 1);
  }
}

class Pairs implements DataClass {
  readonly set: number;
  readonly ages: string;
  readonly data: Datum[];
  readonly places = null;
  readonly firstPlace = null;
  readonly isPairs = true;
  private readonly ground: Ground;

  constructor(ground: Ground, set: number, ages: string, data: Datum[]) {
    this.ground = ground;
    this.set = set;
    this.ages = ages;
    this.data = data;
  }

  get isSpecial(): boolean {
    return this.meets(this.ground.special);
  }
  meets(places: PlaceSet): boolean {
    const isIn = (field: Id) => places[this.ground.placeOf(field, null)] === 1;
    return this.data.some((one) => isIn(one.field) || isIn(one.with!));
  }
}

function byFirstPlace(a: Chosen, b: Chosen): number {
  return a.firstPlace - b.firstPlace;
}
