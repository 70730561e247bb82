import {
  type Act,
  type Bearing,
  type Id,
  type ImpliedDenial,
  type Interaction,
  type Operation,
  operations,
  type World,
} from "@scruple/model";
import { mentionsOf, namesPurpose } from "../personal.ts";
import { BitSets, type Marks } from "./bit-sets.ts";
import type { SelectingRule } from "./cell.ts";
import { CellOf } from "./cell-of.ts";
import { type DataClass, DataClasses } from "./data-classes.ts";
import type { Datum, Route } from "./datum.ts";
import type { Ground } from "./ground.ts";
import type { Item, RuleItem } from "./items.ts";
import { Layout, type Root } from "./layout.ts";
import { Parting } from "./parting.ts";
import type { Partition } from "./partition.ts";
import type { PlaceSet } from "./place-sets.ts";

/** Which requests of an interaction are looked at; what is left out restricts nothing. */
export interface Scope {
  readonly operations?: readonly Operation[];
  /** Data that is asked for alone, by place. */
  readonly places?: PlaceSet;
  readonly pairs?: (datum: Datum) => boolean;
  readonly purposes?: (purpose: Id) => boolean;
  readonly routes?: (route: Route) => boolean;
  /** Also requests that no allow selects, which are denied whatever the facts. */
  readonly unselected?: boolean;
  /**
   * Whether cells are to be looked at at all. Asked of many at once first, and of each of them when it comes to it; what is given
   * says so only until the next is asked.
   */
  readonly isWorth?: (cells: Cells) => boolean;
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Cells of one class of data. What selects any of them is in `set`. */
export interface Cells {
  readonly operation: Operation;
  readonly class: DataClass;
  /** Null as long as they are of more than one class. */
  readonly purposes: readonly Id[] | null;
  readonly routes: readonly Route[] | null;
  readonly set: number;
}

/**
 * Parts what requests of one interaction can name into cells, dimension by dimension: data first, then purposes, then routes,
 * each parted only by the rules that are left, so that no product of raw values is ever looked at. What selects is a set of numbers, by which
 * everything else is remembered.
 */
export class InteractionPartition {
  readonly world: World;
  readonly ground: Ground;
  readonly interaction: Interaction;
  /** Of the rules and implied denials that can select here, with their exceptions. */
  readonly sets: BitSets;
  readonly purposes: readonly Id[];
  readonly routes: readonly Route[];
  /** The allows among the roots. */
  readonly allows: number;
  /** `keep at most`. */
  readonly keeps: number;
  /** What asks for consents or objections to purposes that it names: for each purpose it may come to something else. */
  readonly asking: number;
  private readonly all: Partition;
  private readonly own: Layout;
  /** Where the numbers of its own rules begin. */
  private readonly first: number;
  /** Exceptions, and what each of them is one to. */
  private readonly inner: number;
  private readonly parents: Int32Array;
  /** What its own rules and exceptions select of data that is asked for alone. */
  private readonly alone: readonly PlaceSet[];
  private readonly data: DataClasses;
  private readonly ofPurpose = new Map<Id, number>();
  private readonly ofRoute = new Map<Route, number>();
  private readonly ofOperation = new Map<Operation, number>();
  /** What is left of a set without exceptions to what is not in it, one more than its id; 0 where that is not known yet. */
  private clean = new Int32Array(1 << 11);
  private readonly byPurpose: Parting<Id>;
  private readonly byRoute: Parting<Route>;
  /** Its own rules, numbered as they are here. */
  private readonly numbered: readonly Root[];
  private readonly whole: number[] = [];
  private readonly rooted = new Map<number, readonly number[]>();
  /** Denials without conditions: those for all cells of a class of data, of a purpose in it, of a route in that. */
  private denying: readonly [Marks, Marks, Marks] | null = null;

  constructor(whole: Partition, interaction: Interaction) {
    const { ground, world } = whole;
    this.all = whole;
    this.ground = ground;
    this.world = world;
    this.interaction = interaction;
    this.own = new Layout(whole.rulesOf(interaction.id).map((rule) => ground.itemOf(rule)));
    this.alone = this.own.items.map((item) => ground.placeSets.alone(item));
    const { layout } = ground;
    this.first = layout.words * 32;
    this.numbered = this.own.roots.map(({ item, at, end }) => ({ item, at: at + this.first, end: end + this.first }));
    this.sets = new BitSets(this.first + this.own.items.length);
    this.data = new DataClasses(this, this.alone);
    this.purposes = ground.purposesOf(interaction);
    this.routes = ground.routesOf(interaction);
    const rooted = (isMeant: (item: RuleItem) => boolean) => (one: Layout) =>
      one.row((item, number) => one.rootAt[number] !== undefined && isMeant(item as RuleItem));
    this.allows = this.setBy("allows", rooted(isAllow));
    this.keeps = this.setBy("keeps", rooted(isKeep));
    this.asking = this.setBy(
      "asking",
      rooted(({ expressions }) => expressions.some((expr) => namesPurpose(mentionsOf(world, expr)))),
    );
    this.inner = this.setBy("inner", (one) => one.row((_, number) => one.rootAt[number] === undefined));
    this.parents = new Int32Array(this.first + this.own.items.length);
    this.parents.set(layout.parents);
    for (const [number, parent] of this.own.parents.entries()) this.parents[this.first + number] = this.first + parent;
    const [purposes, routes] = ([namesPurposes, namesRoutes] as const).map((names) =>
      this.setBy(names, (one) => one.row(names)),
    ) as [number, number];
    const ofPurposes = this.purposes.map((one) => this.purposeSet(one));
    const ofRoutes = this.routes.map((one) => this.routeSet(one));
    this.byPurpose = new Parting(this.purposes, ofPurposes, purposes, this.sets);
    this.byRoute = new Parting(this.routes, ofRoutes, routes, this.sets);
  }

  /** Whether a denial without any condition selects all of some cells, so that nothing of them is allowed. */
  areDenied({ purposes, routes, set }: Cells): boolean {
    this.denying ??= [
      this.marks(
        "denies whatever the purpose and the route",
        (item) => deniesAlways(item) && !namesPurposes(item) && !namesRoutes(item),
      ),
      this.marks("denies whatever the route", (item) => deniesAlways(item) && !namesRoutes(item)),
      this.marks("denies", deniesAlways),
    ];
    const known = purposes === null ? 0 : routes === null ? 1 : 2;
    return this.sets.isMarked(set, this.denying[known]);
  }

  /** How many rules there are, those of the ground included. */
  get count(): number {
    return this.ground.layout.roots.length + this.own.roots.length;
  }
  /** Marks the rules of which something holds; of the ground it is found out once for each key. */
  marks(key: unknown, holds: (item: RuleItem) => boolean): Marks {
    const marks = this.sets.marks();
    const row = (one: Layout) => one.row((item, number) => one.rootAt[number] !== undefined && holds(item as RuleItem));
    marks.words.set(this.ground.remembered(key, () => row(this.ground.layout)));
    marks.words.set(row(this.own), this.ground.layout.words);
    return marks;
  }
  /** A rule, by its place among them: those of the ground come first. */
  root(index: number): Root {
    const { roots } = this.ground.layout;
    return index < roots.length ? roots[index]! : this.numbered[index - roots.length]!;
  }
  /** The rules of the interaction itself. */
  *ownRoots(): Generator<number> {
    for (let index = this.ground.layout.roots.length; index < this.count; index++) yield index;
  }
  /** By place: the operations, as bits, for which some allow may select it, alone or as one of two. */
  get reached(): Uint8Array {
    return this.data.reached;
  }
  /** The places of data; of pairs, those of their pieces. */
  placesIn(ofData: DataClass): readonly number[] {
    if (ofData.places !== null) return ofData.places;
    return ofData.data.flatMap(({ field, with: other }) =>
      [field, other!].map((one) => this.ground.placeOf(one, null)),
    );
  }
  /** What a rule selects of data that is asked for alone. */
  aloneOf(root: number): PlaceSet {
    const { at } = this.root(root);
    return at < this.first ? this.ground.alone[at]! : this.alone[at - this.first]!;
  }
  item(number: number): Item {
    return number < this.first ? this.ground.layout.items[number]! : this.own.items[number - this.first]!;
  }

  /** The cells of the requests in scope; without `unselected`, only those that some allow selects. */
  *cells(scope: Scope = {}): Generator<CellOf> {
    const byPurpose = scope.purposes ? this.byPurpose.only(scope.purposes) : this.byPurpose;
    const byRoute = scope.routes ? this.byRoute.only(scope.routes) : this.byRoute;
    if (byPurpose.isEmpty || byRoute.isEmpty) return;
    const { isWorth } = scope;
    for (const operation of scope.operations ?? operations) {
      const classes = this.data.of(operation, scope);
      // Most classes are passed by; V8 keeps the steps of `for … of` in objects where a function can pause.
      for (let index = 0; index < classes.length; index++) {
        const data = classes[index]!;
        // One for all that come of the class: nobody keeps it.
        const cells: Mutable<Cells> = { operation, class: data, purposes: null, routes: null, set: data.set };
        if (isWorth?.(cells) === false) continue;
        for (const { members: purposes, selecting: ofPurposes } of byPurpose.part(data.set)) {
          const forPurposes = this.both(data.set, ofPurposes);
          if (!this.isOfInterest(forPurposes, scope)) continue;
          cells.purposes = purposes;
          cells.routes = null;
          cells.set = forPurposes;
          if (isWorth?.(cells) === false) continue;
          for (const { members: routes, selecting } of byRoute.part(forPurposes)) {
            const set = this.both(forPurposes, selecting);
            if (!this.isOfInterest(set, scope)) continue;
            cells.routes = routes;
            cells.set = set;
            if (isWorth?.(cells) === false) continue;
            // What a purpose has to do with those that conditions name decides as well, so each is looked at by itself.
            if (!this.sets.meet(set, this.asking)) yield new CellOf(this, operation, data, purposes, routes, set);
            else for (const one of purposes) yield new CellOf(this, operation, data, [one], routes, set);
          }
        }
      }
    }
  }

  // ------------------------------------------------------------------------------------------------------------- sets

  /** What is in both, without exceptions to what is not. */
  both(a: number, b: number): number {
    const set = this.sets.both(a, b);
    if (set >= this.clean.length) {
      const larger = new Int32Array(2 * Math.max(set, this.clean.length));
      larger.set(this.clean);
      this.clean = larger;
    }
    const known = this.clean[set]! - 1;
    if (known >= 0) return known;
    const result = this.sets.meet(set, this.inner) ? this.sets.closed(set, this.inner, this.parents) : set;
    this.clean[set] = result + 1;
    return result;
  }

  /** A rule with those of its exceptions that are in a set. */
  within(set: number, root: number): number {
    const { at, end } = this.root(root);
    return end - at === 1 ? this.wholeOf(root) : this.sets.both(set, this.wholeOf(root));
  }
  /** A rule with all its exceptions. */
  wholeOf(root: number): number {
    const known = this.whole[root];
    if (known !== undefined) return known;
    const { at, end } = this.root(root);
    const made = this.sets.range(at, end);
    this.whole[root] = made;
    return made;
  }

  /** What selects data that is asked for alone, whatever the operation. */
  placeSet(place: number): number {
    return this.data.placeSet(place);
  }
  purposeSet(purpose: Id): number {
    const known =
      this.ofPurpose.get(purpose) ??
      this.setOf(this.ground.rowOf(purpose), (item) => this.ground.selectsPurpose(item, purpose));
    this.ofPurpose.set(purpose, known);
    return known;
  }
  routeSet(route: Route): number {
    const known =
      this.ofRoute.get(route) ?? this.setOf(this.ground.rowOf(route), (item) => this.ground.selectsRoute(item, route));
    this.ofRoute.set(route, known);
    return known;
  }
  operationSet(operation: Operation): number {
    const known = this.ofOperation.get(operation);
    if (known !== undefined) return known;
    const { draft } = this.sets;
    draft.fill(0);
    draft.set(this.ground.operationRow(operation, this.interaction.startedBy));
    draft.set(
      this.own.rowOfRoots((item) => item.operations.has(operation)),
      this.ground.layout.words,
    );
    const set = this.sets.interned();
    this.ofOperation.set(operation, set);
    return set;
  }

  /** What selects an act, of which the route is given too. */
  setOfAct({ operation, field, with: other, level, purpose }: Act, route: Route): number {
    const { ground } = this;
    const mask = this.operationSet(operation);
    const place = ground.placeOf(field, level);
    const ofData =
      other === null ? this.placeSet(place) : this.data.pairingFor(mask).setOf(place, ground.placeOf(other, level));
    return this.both(this.both(this.both(ofData, mask), this.purposeSet(purpose)), this.routeSet(route));
  }

  /** What selects the disclosure of some data that is asked for alone. */
  disclosureOf({ field, level }: Datum, purpose: Id, route: Route): number {
    const ofData = this.both(this.placeSet(this.ground.placeOf(field, level)), this.operationSet("disclose"));
    return this.both(this.both(ofData, this.purposeSet(purpose)), this.routeSet(route));
  }

  /** Of what in the ground and in the interaction something is so; of the ground it is found out once. */
  private setBy(key: unknown, row: (layout: Layout) => Uint32Array): number {
    const { draft } = this.sets;
    draft.fill(0);
    draft.set(this.ground.remembered(key, () => row(this.ground.layout)));
    draft.set(row(this.own), this.ground.layout.words);
    return this.sets.interned();
  }

  private setOf(shared: Uint32Array, selects: (item: Item, number: number) => boolean): number {
    const { draft } = this.sets;
    draft.fill(0);
    draft.set(shared);
    const { words } = this.ground.layout;
    const { items } = this.own;
    for (let number = 0; number < items.length; number++)
      if (selects(items[number]!, number)) draft[words + (number >> 5)]! |= 1 << (number & 31);
    return this.sets.interned();
  }

  /** Whether requests that a set selects are in scope. */
  isOfInterest(set: number, { unselected = false }: Scope): boolean {
    return unselected || this.sets.meet(set, this.allows);
  }

  // ------------------------------------------------------------------------------------------------------------ rules

  /** The rules in a set, numbered as `roots` are. */
  rootsIn(set: number): readonly number[] {
    const known = this.rooted.get(set);
    if (known !== undefined) return known;
    const found: number[] = [];
    const { layout } = this.ground;
    for (const number of this.sets.members(set)) {
      const isOwn = number >= this.first;
      const root = isOwn ? this.own.rootAt[number - this.first] : layout.rootAt[number];
      if (root !== undefined) found.push(isOwn ? layout.roots.length + root : root);
    }
    this.rooted.set(set, found);
    return found;
  }

  /** What a rule is for an act that it selects. Of implied denials that say the same it is the first that is about the act. */
  bearingOf(root: number, act: () => Act): Bearing {
    const { rule, implied } = this.root(root).item;
    if (rule !== null) return this.all.bearingOf(rule);
    const first = implied!.find(({ path }) => this.all.impliedBearing(path).selects(act()))!;
    return this.all.impliedBearing(first.path);
  }

  /** The rules in a set, for an act that they select, by path. */
  rulesOn(act: Act, set: number): readonly SelectingRule[] {
    return this.rootsIn(set)
      .flatMap((root) => {
        const { rule, implied } = this.root(root).item;
        return rule !== null ? [this.all.bearingOf(rule)] : this.impliedOn(implied!, act);
      })
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map((rule) => ({ rule, condition: rule.condition(act) }));
  }

  private impliedOn(denials: readonly ImpliedDenial[], act: Act): readonly Bearing[] {
    return denials.map(({ path }) => this.all.impliedBearing(path)).filter((bearing) => bearing.selects(act));
  }
}

function isAllow({ rule }: RuleItem): boolean {
  return rule?.effect === "allow";
}
function deniesAlways({ rule, says, exceptions }: RuleItem): boolean {
  return rule?.effect === "deny" && rule.limit === null && says.length === 0 && exceptions.length === 0;
}
function isKeep({ implied }: RuleItem): boolean {
  return implied?.[0]?.kind === "keep";
}
function namesPurposes({ selector, implied }: Item): boolean {
  return selector.purposes !== null || (implied?.[0]?.exceptPurposes.size ?? 0) > 0;
}
function namesRoutes({ selector: { channels, recipients }, implied }: Item): boolean {
  return channels !== null || recipients !== null || implied?.[0]?.channels != null;
}
