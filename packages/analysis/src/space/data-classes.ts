import type { Operation } from "@scruple/model";
import type { BitSets } from "./bit-sets.ts";
import { type Datum, joined } from "./datum.ts";
import type { Ground } from "./ground.ts";
import type { InteractionPartition, Scope } from "./interaction-partition.ts";
import { operations } from "./items.ts";
import { type Kind, type Kinds, kindsOf } from "./kinds.ts";
import { Pairing } from "./pairing.ts";
import type { PlaceSet } from "./place-sets.ts";

/** Data that the same rules and exceptions select. */
export interface DataClass {
  readonly set: number;
  /** For pairs of which pieces are kept for a time: one of them, since conditions ask the age of one piece or the other. */
  readonly ages: string;
  readonly data: readonly Datum[];
  /** The places of what is asked for alone; null for pairs. */
  readonly places: readonly number[] | null;
  /** Some of it is special. */
  readonly isSpecial: boolean;
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
    return this.kinds.of[place]!.set;
  }

  /** By place: the operations, as bits, for which some allow may select it, alone or as one of two. */
  get reached(): Uint8Array {
    const found = new Uint8Array(this.ground.places.length);
    for (const [bit, operation] of operations.entries()) {
      const wanted = this.allowsFor(this.partition.operationSet(operation));
      for (const { set, places } of this.kinds.all)
        if (this.sets.meet(set, wanted)) for (const place of places) found[place]! |= 1 << bit;
      this.markPieces(wanted, found, 1 << bit);
    }
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
    return all.flatMap((one) => one.only(asked) ?? []).sort(byFirst);
  }

  /** Kinds that the same selects for an operation; without `unselected`, only those that some allow selects. */
  private classesOf(mask: number, unselected: boolean): readonly Singles[] {
    const known = unselected ? this.all : this.selected;
    const before = known.get(mask);
    if (before !== undefined) return before;
    const wanted = this.allowsFor(mask);
    const bySet = new Map<number, Kind[]>();
    for (const kind of this.kinds.all) {
      if (!unselected && !this.sets.meet(kind.set, wanted)) continue;
      const set = this.partition.both(kind.set, mask);
      const alike = bySet.get(set);
      if (alike === undefined) bySet.set(set, [kind]);
      else alike.push(kind);
    }
    // Kinds are in the order of their first places, and so are classes.
    const made = Array.from(bySet, ([set, kinds]) => new Singles(this.ground, set, kinds));
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

/** Of some kinds, what the same selects for an operation. */
class Singles implements DataClass {
  readonly set: number;
  readonly ages = "";
  private readonly ground: Ground;
  private readonly kinds: readonly Kind[];
  private madePlaces: readonly number[] | null = null;
  private madeData: readonly Datum[] | null = null;

  constructor(ground: Ground, set: number, kinds: readonly Kind[]) {
    this.ground = ground;
    this.set = set;
    this.kinds = kinds;
  }

  get places(): readonly number[] {
    const { kinds } = this;
    this.madePlaces ??=
      kinds.length === 1 ? kinds[0]!.places : kinds.flatMap(({ places }) => places).sort((a, b) => a - b);
    return this.madePlaces;
  }
  get data(): readonly Datum[] {
    this.madeData ??= this.places.map((place) => this.ground.datumOf(place));
    return this.madeData;
  }
  get isSpecial(): boolean {
    return this.kinds.some((kind) => kind.isSpecial);
  }
  get first(): number {
    return this.kinds[0]!.places[0]!;
  }
  /** Those of its places that are in a set; null for none. */
  only(asked: PlaceSet): Singles | null {
    const kinds = this.kinds.flatMap((kind) => kind.only(asked) ?? []);
    return kinds.length === 0 ? null : new Singles(this.ground, this.set, kinds);
  }
}

class Pairs implements DataClass {
  readonly set: number;
  readonly ages: string;
  readonly data: Datum[];
  readonly places = null;
  private readonly ground: Ground;

  constructor(ground: Ground, set: number, ages: string, data: Datum[]) {
    this.ground = ground;
    this.set = set;
    this.ages = ages;
    this.data = data;
  }

  get isSpecial(): boolean {
    const { fields } = this.ground.world;
    return this.data.some((one) => fields.get(one.field)!.special || fields.get(one.with!)!.special);
  }
}

function byFirst(one: Singles, other: Singles): number {
  return one.first - other.first;
}
