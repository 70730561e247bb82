import {
  type Act,
  type Bearing,
  bearings,
  type Id,
  type Interaction,
  impliedDenials,
  type Operation,
  selectedFields,
  selectsChannel,
  selectsData,
  selectsPurpose,
  selectsRecipients,
  type World,
} from "@scruple/model";
import { mentionsOfAll } from "../personal.ts";
import type { Cell, SelectingRule } from "./cell.ts";
import { CellOf } from "./cell-of.ts";
import { type Datum, joined, type Place, placesOf, type Route, recipientsOf, routesOver } from "./datum.ts";
import { type Item, itemOfDenial, itemOfRule, Lists, type RuleItem } from "./items.ts";
import { type Class, left, Parter, part, type Survivor, type Test, whole } from "./survivors.ts";

export const operations: readonly Operation[] = ["collect", "combine", "disclose", "infer", "use"];

/** Which requests are looked at; what is left out restricts nothing. */
export interface Scope {
  readonly interactions?: readonly Id[];
  readonly operations?: readonly Operation[];
  readonly data?: (datum: Datum) => boolean;
  readonly purposes?: (purpose: Id) => boolean;
  readonly routes?: (route: Route) => boolean;
  /** Also requests that no allow selects, which are denied whatever the facts. */
  readonly unselected?: boolean;
}

interface DataClass {
  readonly members: readonly Datum[];
  readonly survivors: readonly Survivor[];
}

/**
 * Parts what requests can name into cells, within the bounds of each interaction. Dimension by dimension: data first, then
 * purposes, then routes, each parted only by the rules that are left, so that no product of raw values is ever looked at.
 */
export class Partition {
  readonly world: World;
  /** Rules and implied denials by path. */
  readonly bearings: ReadonlyMap<string, Bearing>;
  /** Fields that a request can name. */
  readonly fields: ReadonlySet<Id>;
  private readonly places: readonly Place[];
  private readonly placesOfField = new Map<Id, number[]>();
  private readonly everywhere: readonly Survivor[];
  private readonly inside = new Map<Id, Survivor[]>();
  private readonly routes = new Map<Id, readonly Route[]>();
  private readonly nameable: { readonly purposes: readonly Id[]; readonly channels: readonly Id[] };
  private readonly placed = new WeakMap<Item, ReadonlySet<number>>();
  private readonly sharedAt = new Map<string, Class<number>>();
  private readonly sharedClasses = new Map<string, Class<number>>();
  /** Implied denials by what they say; then those of them that are about an act. */
  private readonly alike = new Map<string, Bearing[]>();
  private readonly implied = new Map<string, readonly Bearing[]>();
  /** Whether conditions name purposes. */
  private readonly asking = new Map<Item, boolean>();
  private readonly texts = new WeakMap<Survivor<Item>, string>();
  private readonly numbers = new Map<Item | string, number>();

  constructor(world: World) {
    this.world = world;
    const { rules, purposes, channels } = world.model;
    this.bearings = new Map(bearings(world).map((bearing) => [bearing.path, bearing]));
    this.fields = new Set(world.names.fields.values());
    this.places = placesOf(world);
    for (const [index, { field }] of this.places.entries()) {
      const list = this.placesOfField.get(field) ?? [];
      list.push(index);
      this.placesOfField.set(field, list);
    }
    const lists = new Lists();
    const everywhere: RuleItem[] = [];
    for (const rule of rules) {
      const item = itemOfRule(lists, this.bearings.get(rule.path)!, rule);
      if (rule.interaction === null) everywhere.push(item);
      else this.ofInteraction(rule.interaction).push(whole(item));
    }
    for (const denial of impliedDenials(world)) {
      const item = itemOfDenial(this.bearings.get(denial.path)!, denial);
      everywhere.push(item);
      const alike = this.alike.get(item.content) ?? [];
      alike.push(item.bearing);
      this.alike.set(item.content, alike);
    }
    this.everywhere = everywhere.map(whole);
    const [nameablePurposes, nameableChannels] = [world.names.purposes, world.names.channels].map(
      (names) => new Set(names.values()),
    );
    this.nameable = {
      purposes: purposes.map(({ id }) => id).filter((id) => nameablePurposes!.has(id)),
      channels: channels.map(({ id }) => id).filter((id) => nameableChannels!.has(id)),
    };
  }

  *cells(scope: Scope = {}): Generator<Cell> {
    for (const interaction of this.world.model.interactions) {
      if (scope.interactions?.includes(interaction.id) ?? true) yield* this.cellsOf(interaction, scope);
    }
  }

  /** The cells of one interaction. */
  *cellsOf(interaction: Interaction, scope: Scope = {}): Generator<Cell> {
    const purposes = this.purposesOf(interaction).filter((one) => scope.purposes?.(one) ?? true);
    const routes = this.routesOf(interaction).filter((one) => scope.routes?.(one) ?? true);
    if (purposes.length === 0 || routes.length === 0) return;
    const textOf = (one: Survivor<Item>) => this.numbersOf(one);
    const byPurposes = new Parter(purposes, this.forPurpose, namesPurposes, textOf);
    const byRoutes = new Parter(routes, this.overRoute, namesRoutes, textOf);
    for (const operation of scope.operations ?? operations) {
      for (const data of this.dataOf(interaction, operation, scope)) {
        for (const byPurpose of byPurposes.part(data.survivors)) {
          if (!this.isOfInterest(byPurpose.survivors, scope)) continue;
          for (const byRoute of byRoutes.part(byPurpose.survivors)) {
            if (!this.isOfInterest(byRoute.survivors, scope)) continue;
            yield* this.cellsFor(interaction, operation, data.members, byPurpose.members, byRoute);
          }
        }
      }
    }
  }

  /** The purposes that a request of an interaction can name, those that the interaction names first. */
  purposesOf({ purposes }: Interaction): readonly Id[] {
    return this.nameable.purposes
      .filter((id) => selectsPurpose(this.world, purposes, id, "narrow"))
      .sort((a, b) => Number(purposes.includes(b)) - Number(purposes.includes(a)));
  }

  /** The routes that a request of an interaction can name, those over channels that it names first. */
  routesOf({ channels }: Interaction): readonly Route[] {
    return this.nameable.channels
      .filter((id) => selectsChannel(this.world, channels, id, "narrow"))
      .sort((a, b) => Number(channels.includes(b)) - Number(channels.includes(a)))
      .flatMap((channel) => {
        const known = this.routes.get(channel) ?? routesOver(this.world, channel);
        this.routes.set(channel, known);
        return known;
      });
  }

  /** The rules that select one act, in the order of their paths. */
  rulesFor(act: Act): readonly SelectingRule[] {
    const survivors = [...this.ofInteraction(act.interaction), ...this.everywhere];
    return survivors
      .map(({ item }) => item.bearing)
      .filter((bearing) => bearing.selects(act))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
      .map((rule) => ({ rule, condition: rule.condition(act) }));
  }

  // ------------------------------------------------------------------------------------------------------------ data

  private dataOf(interaction: Interaction, operation: Operation, scope: Scope): Iterable<DataClass> {
    const fits = ({ item }: Survivor) =>
      item.selectsOperation(operation) &&
      !(item.implied?.outboundOnly === true && interaction.startedBy === "customer");
    const own = this.ofInteraction(interaction.id).filter(fits);
    const shared = this.everywhere.filter(fits);
    const allows = [...own, ...shared].map(({ item }) => item).filter(isAllow);
    if (allows.length === 0 && !scope.unselected) return [];
    const candidates = scope.unselected ? [...this.places.keys()] : this.candidates(allows);
    return operation === "combine"
      ? this.pairs(candidates, own, shared, scope)
      : this.singles(operation, candidates, own, fits, scope);
  }

  /** The places that some allow may select, alone or as one of two, in their order. */
  private candidates(allows: readonly RuleItem[]): readonly number[] {
    const found = new Set<number>();
    for (const item of allows) for (const place of this.placesIn(item)) found.add(place);
    return [...found].sort((a, b) => a - b);
  }

  private *singles(
    operation: Operation,
    candidates: readonly number[],
    own: readonly Survivor[],
    fits: (one: Survivor) => boolean,
    scope: Scope,
  ): Generator<DataClass> {
    const bySet = new Map<Class<number>, number[]>();
    for (const place of candidates) {
      if (scope.data && !scope.data({ ...this.places[place]!, with: null })) continue;
      const set = this.sharedBy(operation, place);
      const list = bySet.get(set) ?? [];
      list.push(place);
      bySet.set(set, list);
    }
    const datumOf = (place: number): Datum => ({ ...this.places[place]!, with: null });
    for (const [{ survivors }, places] of bySet) {
      const here = survivors.filter(fits);
      const classes = part(places, own, (place) => (item) => this.isSingle(item, place));
      for (const one of classes) {
        const all = [...one.survivors, ...here];
        if (this.isOfInterest(all, scope)) yield { members: one.members.map(datumOf), survivors: all };
      }
    }
  }

  /** What rules outside interactions, and implied denials, say of a place, whoever started the interaction. */
  private sharedBy(operation: Operation, place: number): Class<number> {
    const key = `${operation} ${place}`;
    const known = this.sharedAt.get(key);
    if (known !== undefined) return known;
    const { field } = this.places[place]!;
    const test: Test = (item) =>
      "implied" in item && item.implied !== null
        ? item.implied.selectsField(field, operation)
        : this.isSingle(item, place);
    const all = this.everywhere.filter(({ item }) => item.selectsOperation(operation));
    const survivors = left(all, test);
    const content = `${operation} ${this.contentOf(survivors)}`;
    const shared = this.sharedClasses.get(content) ?? { members: [], survivors };
    this.sharedClasses.set(content, shared);
    this.sharedAt.set(key, shared);
    return shared;
  }

  private isSingle(item: Item, place: number): boolean {
    return item.selector.with === null && this.placesIn(item).has(place);
  }

  /** The places that an item selects when data is alone; for one with `with`, those that either of its lists names. */
  private placesIn(item: Item): ReadonlySet<number> {
    const known = this.placed.get(item);
    if (known !== undefined) return known;
    const { selector, reading } = item;
    const found = new Set<number>();
    for (const refs of selector.with === null ? [selector.data] : [selector.data, selector.with]) {
      const { direct, derived } = selectedFields(this.world, refs, reading);
      for (const fields of [direct, derived])
        for (const field of fields) for (const place of this.placesOfField.get(field) ?? []) found.add(place);
    }
    if (selector.level !== null && selector.with === null) {
      for (const place of found)
        if (!selectsData(this.world, selector, { ...this.places[place]!, with: null }, reading)) found.delete(place);
    }
    this.placed.set(item, found);
    return found;
  }

  /** Places of a kind are looked at together; then the kinds two by two, as the model's own selection reads pairs. */
  private *pairs(
    candidates: readonly number[],
    own: readonly Survivor[],
    shared: readonly Survivor[],
    scope: Scope,
  ): Generator<DataClass> {
    const survivors = [...own, ...shared];
    const lists = survivors.flatMap(({ item }) => this.listsOf(item));
    const kinds = new Map<string, number[]>();
    for (const place of candidates) {
      const key = lists.map((has) => has(place)).join("");
      const kind = kinds.get(key);
      if (kind === undefined) kinds.set(key, [place]);
      else kind.push(place);
    }
    const list = [...kinds.values()];
    const classes = new Map<string, DataClass & { readonly members: Datum[] }>();
    for (const [index, ones] of list.entries()) {
      for (const others of list.slice(index)) {
        const members = this.joins(ones, others, scope);
        if (members.length === 0) continue;
        const together = left(survivors, this.ofPair(members[0]!));
        if (!this.isOfInterest(together, scope)) continue;
        const ages = together.some(({ item }) => item.implied?.kind === "keep")
          ? `${index} ${list.indexOf(others)}`
          : "";
        const key = `${this.contentOf(together)} ${ages}`;
        const known = classes.get(key);
        if (known === undefined) classes.set(key, { members, survivors: together });
        else known.members.push(...members);
      }
    }
    yield* classes.values();
  }

  private joins(ones: readonly number[], others: readonly number[], scope: Scope): Datum[] {
    const found: Datum[] = [];
    for (const one of ones) {
      for (const other of others) {
        if (ones === others && other < one) continue;
        const datum = joined(this.world, this.places[one]!, this.places[other]!);
        if (datum !== null && (scope.data?.(datum) ?? true)) found.push(datum);
      }
    }
    return found;
  }

  private readonly ofPair =
    (datum: Datum): Test =>
    (item) =>
      "implied" in item && item.implied !== null
        ? item.implied.selectsField(datum.field, "combine") || item.implied.selectsField(datum.with!, "combine")
        : selectsData(this.world, item.selector, datum, item.reading);

  /** All that its selection asks of one of two pieces, for a rule and its exceptions. */
  private listsOf(item: Item | RuleItem): readonly ((place: number) => number)[] {
    if ("implied" in item && item.implied !== null) {
      const { implied } = item;
      return [(place) => Number(implied.selectsField(this.places[place]!.field, "combine"))];
    }
    const { world, places } = this;
    const { selector, reading } = item;
    const asks = (refs: typeof selector.data) => (place: number) => {
      const { direct, derived } = selectedFields(world, refs, reading);
      const { field, level } = places[place]!;
      const piece = { field, with: null, level };
      const fits = selectsData(world, { data: refs, with: null, level: selector.level }, piece, reading);
      return Number(direct.has(field)) + 2 * Number(derived.has(field)) + 4 * Number(fits);
    };
    return [
      asks(selector.data),
      ...(selector.with === null ? [] : [asks(selector.with)]),
      ...item.exceptions.flatMap((one) => this.listsOf(one)),
    ];
  }

  // ------------------------------------------------------------------------------------------------ purposes and routes

  private readonly forPurpose =
    (purpose: Id): Test =>
    (item) =>
      "implied" in item && item.implied !== null
        ? !item.implied.exceptPurposes.has(purpose)
        : selectsPurpose(this.world, item.selector.purposes, purpose, item.reading);

  private readonly overRoute = (route: Route): Test => {
    const recipients = recipientsOf(this.world, route);
    return (item) =>
      "implied" in item && item.implied !== null
        ? (item.implied.channels?.has(route.channel) ?? true)
        : selectsChannel(this.world, item.selector.channels, route.channel, item.reading) &&
          selectsRecipients(this.world, item.selector.recipients, recipients, item.reading);
  };

  // ------------------------------------------------------------------------------------------------------------- cells

  private *cellsFor(
    interaction: Interaction,
    operation: Operation,
    data: readonly Datum[],
    purposes: readonly Id[],
    { members: routes, survivors }: Class<Route>,
  ): Generator<Cell> {
    const { startedBy, until } = interaction;
    const { field, with: other } = data[0]!;
    const content = this.contentOf(survivors);
    const ages = other !== null && survivors.some(({ item }) => item.implied?.kind === "keep");
    const key = `${startedBy} ${until} ${ages ? `${field}+${other}` : ""} ${content}`;
    const rulesOn = (act: Act) => this.rulesOn(act, survivors);
    const make = (group: readonly Id[], itsKey: string): Cell =>
      new CellOf(this.world, { interaction, operation, data, purposes: group, routes }, itsKey, rulesOn);
    const isAsked = survivors.some((one) => this.asksPurpose(one));
    // What a purpose has to do with those that conditions name decides as well, so each of them is looked at by itself.
    if (!isAsked) yield make(purposes, key);
    else for (const purpose of purposes) yield make([purpose], `${key} ${purpose}`);
  }

  private rulesOn(act: Act, survivors: readonly Survivor[]): readonly SelectingRule[] {
    return this.bearingsOn(act, survivors).map((rule) => ({ rule, condition: rule.condition(act) }));
  }

  /** By path. Of implied denials that say the same, those that are about this very act. */
  private bearingsOn(act: Act, survivors: readonly Survivor[]): readonly Bearing[] {
    const found = new Set<Bearing>();
    for (const { item } of survivors) {
      if (item.implied === null) found.add(item.bearing);
      else for (const one of this.impliedOn(act, item.content)) found.add(one);
    }
    return [...found].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  private impliedOn(act: Act, content: string): readonly Bearing[] {
    const key = `${content} ${act.operation} ${act.field} ${act.with} ${act.channel}`;
    const known = this.implied.get(key) ?? (this.alike.get(content) ?? []).filter((one) => one.selects(act));
    this.implied.set(key, known);
    return known;
  }

  private asksPurpose({ item, exceptions }: Survivor<Item>): boolean {
    let asks = this.asking.get(item);
    if (asks === undefined) {
      const mentions = mentionsOfAll(this.world, item.expressions);
      asks = [...mentions.values()].some(({ purpose }) => purpose !== null);
      this.asking.set(item, asks);
    }
    return asks || exceptions.some((one) => this.asksPurpose(one));
  }

  private isOfInterest(survivors: readonly Survivor[], { unselected = false }: Scope): boolean {
    return unselected || survivors.some(({ item }) => isAllow(item));
  }

  private ofInteraction(id: Id): Survivor[] {
    const known = this.inside.get(id) ?? [];
    this.inside.set(id, known);
    return known;
  }

  /** A text that says which rules and exceptions are left. */
  private numbersOf(survivor: Survivor<Item>): string {
    const known = this.texts.get(survivor);
    if (known !== undefined) return known;
    const { item, exceptions } = survivor;
    const what = "content" in item ? (item as RuleItem).content : item;
    const number = this.numbers.get(what) ?? this.numbers.size;
    this.numbers.set(what, number);
    const inner = exceptions.map((one) => this.numbersOf(one)).join(" ");
    const text = exceptions.length === 0 ? `${number}` : `${number}(${inner})`;
    this.texts.set(survivor, text);
    return text;
  }

  /** The same of several, which stand in one order everywhere. */
  private contentOf(survivors: readonly Survivor[]): string {
    let text = "";
    for (const one of survivors) text += `${this.numbersOf(one)} `;
    return text;
  }
}

function namesPurposes(item: Item | RuleItem): boolean {
  return item.selector.purposes !== null || ("implied" in item && (item.implied?.exceptPurposes.size ?? 0) > 0);
}
function namesRoutes(item: Item | RuleItem): boolean {
  const { channels, recipients } = item.selector;
  return channels !== null || recipients !== null || ("implied" in item && item.implied?.channels != null);
}

function isAllow({ rule }: RuleItem): boolean {
  return rule?.effect === "allow";
}
