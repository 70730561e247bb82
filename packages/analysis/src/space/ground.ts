import {
  canonical,
  covered,
  type Expr,
  type Id,
  type Interaction,
  impliedDenials,
  indexModel,
  type Model,
  type Operation,
  operations,
  type Rule,
  selectsChannel,
  selectsPurpose,
  selectsRecipients,
  sourceOf,
  type World,
} from "@scruple/model";
import type { FactSpace } from "../fact-space.ts";
import { type Datum, type Place, placesOf, type Route, read, recipientsOf, routesOver } from "./datum.ts";
import { type Item, itemOfRule, itemsOfDenials, type RuleItem } from "./items.ts";
import { Layout } from "./layout.ts";
import { type PlaceSet, PlaceSets } from "./place-sets.ts";

/**
 * What bears on every interaction of a model alike: its vocabulary, and the rules and implied denials that stand outside
 * interactions. It outlives edits that change nothing of it.
 */
export class Ground {
  /** Without the interactions: see `worldOf`. */
  readonly world: World;
  readonly places: readonly Place[];
  readonly placeSets: PlaceSets;
  /** Purposes and channels that a request can name. */
  readonly purposes: readonly Id[];
  readonly channels: readonly Id[];
  /** Rules outside interactions, then what declarations imply. */
  readonly items: readonly RuleItem[];
  /** What they say of facts, each thing once. */
  readonly expressions: readonly Expr[];
  /** Where each of them stands in sets of items, its exceptions after it. */
  readonly layout: Layout;
  /** What each of them selects of data that is asked for alone, by its number. */
  readonly alone: readonly PlaceSet[];
  private readonly routes = new Map<Id, readonly Route[]>();
  private readonly facts = new Map<string, FactSpace>();
  private readonly inputs = new Map<Id, readonly Id[]>();
  private readonly data: Datum[] = [];
  private readonly lists = new Map<string, readonly Id[]>();
  private readonly memos = new Map<unknown, unknown>();
  private madeSpecial: PlaceSet | null = null;
  private madeDerived: PlaceSet | null = null;

  /** @throws Error where the model contradicts itself; a compiled model does not */
  constructor(model: Model) {
    this.world = indexModel(model);
    this.places = placesOf(this.world);
    this.placeSets = new PlaceSets(this.world, this.places);
    const nameable = (names: ReadonlyMap<string, Id>) => new Set(names.values());
    const [purposes, channels] = [nameable(this.world.names.purposes), nameable(this.world.names.channels)];
    this.purposes = model.purposes.map(({ id }) => id).filter((id) => purposes.has(id));
    this.channels = model.channels.map(({ id }) => id).filter((id) => channels.has(id));
    this.items = [
      ...model.rules.filter(({ interaction }) => interaction === null).map((rule) => this.itemOf(rule)),
      ...itemsOfDenials(impliedDenials(this.world)),
    ];
    this.layout = new Layout(this.items);
    this.alone = this.layout.items.map((item) => this.placeSets.alone(item));
    const all = this.items.flatMap(({ expressions }) => expressions);
    this.expressions = [...new Map(all.map((expr) => [canonical(expr), expr])).values()];
  }

  /** The world of a model on this ground. */
  worldOf(model: Model): World {
    const { names } = this.world;
    const interactions = new Map(
      model.interactions.flatMap(({ id, name }) => [[id, id] as const, [name, id] as const]),
    );
    return {
      ...this.world,
      model,
      interactions: new Map(model.interactions.map((interaction) => [interaction.id, interaction])),
      names: { ...names, interactions },
    };
  }

  /** The purposes that a request of an interaction can name, those that the interaction names first. */
  purposesOf({ purposes }: Pick<Interaction, "purposes">): readonly Id[] {
    return this.remembered(`purposes ${purposes}`, () =>
      this.purposes
        .filter((id) => selectsPurpose(this.world, purposes, id, "narrow"))
        .sort((a, b) => Number(purposes.includes(b)) - Number(purposes.includes(a))),
    );
  }

  /** The routes that a request of an interaction can name, those over channels that it names first. */
  routesOf({ channels }: Pick<Interaction, "channels">): readonly Route[] {
    return this.remembered(`channels ${channels}`, () =>
      this.channels
        .filter((id) => selectsChannel(this.world, channels, id, "narrow"))
        .sort((a, b) => Number(channels.includes(b)) - Number(channels.includes(a)))
        .flatMap((channel) => this.routesOver(channel)),
    );
  }

  /** Equal lists of names are one list in items, so that what they select is worked out once. */
  itemOf(rule: Rule): RuleItem {
    return itemOfRule(rule, (ids) => {
      if (ids === null) return null;
      const key = ids.join();
      const known = this.lists.get(key);
      if (known === undefined) this.lists.set(key, ids);
      return known ?? ids;
    });
  }

  selectsPurpose(item: Item, purpose: Id): boolean {
    if (item.implied !== null) return !item.implied[0]!.exceptPurposes.has(purpose);
    return selectsPurpose(this.world, item.selector.purposes, purpose, item.reading);
  }

  selectsRoute(item: Item, route: Route): boolean {
    if (item.implied !== null) return item.implied[0]!.channels?.has(route.channel) ?? true;
    const { channels, recipients } = item.selector;
    return (
      (channels === null || selectsChannel(this.world, channels, route.channel, item.reading)) &&
      (recipients === null || selectsRecipients(this.world, recipients, recipientsOf(this.world, route), item.reading))
    );
  }

  /** The place of a field where a level is asked for. */
  placeOf(field: Id, level: string | null): number {
    const at = read(this.world.fields.get(field)!.levels, level);
    return this.placeSets.placesOf(field).find((place) => this.places[place]!.level === at)!;
  }
  /** The places of data that is meant where it is asked for alone. */
  placesWhere(isMeant: (datum: Datum) => boolean): PlaceSet {
    return Uint8Array.from(this.places, (_, place) => Number(isMeant(this.datumOf(place))));
  }
  datumOf(place: number): Datum {
    const { field, level } = this.places[place]!;
    this.data[place] ??= { field, with: null, level };
    return this.data[place];
  }

  /** Which of the items select a value of a dimension, as the words of a set. */
  rowOf(place: number | Id | Route): Uint32Array {
    return this.remembered(place, () => {
      const { layout } = this;
      if (typeof place === "number") return layout.row((_, number) => this.alone[number]![place] === 1);
      if (typeof place === "string") return layout.row((item) => this.selectsPurpose(item, place));
      return layout.row((item) => this.selectsRoute(item, place));
    });
  }

  /** The rows of all places, one after the other. */
  get rows(): Uint32Array {
    return this.remembered("rows", () => {
      const { words } = this.layout;
      const all = new Uint32Array(this.places.length * words);
      for (const place of this.places.keys()) all.set(this.rowOf(place), place * words);
      return all;
    });
  }

  /** Which of the items, and of their exceptions, are for an operation in interactions started by somebody. */
  operationRow(operation: Operation, startedBy: Interaction["startedBy"]): Uint32Array {
    return this.remembered(`${operation} ${startedBy}`, () =>
      this.layout.rowOfRoots(
        ({ operations, implied }) =>
          operations.has(operation) && !(startedBy === "customer" && implied?.[0]?.outboundOnly === true),
      ),
    );
  }

  /** Which of the items may select anything within the bounds of an interaction, whatever data it is. */
  rowWithin(interaction: Interaction): Uint32Array {
    const { startedBy, purposes, channels } = interaction;
    return this.remembered(`within ${startedBy} ${purposes} ${channels}`, () => {
      const any = (rows: readonly Uint32Array[]) => (at: number) => rows.reduce((all, row) => all | row[at]!, 0);
      const dimensions = [
        any(operations.map((operation) => this.operationRow(operation, startedBy))),
        any(this.purposesOf(interaction).map((purpose) => this.rowOf(purpose))),
        any(this.routesOf(interaction).map((route) => this.rowOf(route))),
      ];
      return Uint32Array.from({ length: this.layout.words }, (_, at) =>
        dimensions.reduce((all, one) => all & one(at), -1),
      );
    });
  }

  /** Places of special data. */
  get special(): PlaceSet {
    this.madeSpecial ??= Uint8Array.from(this.places, ({ field }) => Number(this.world.fields.get(field)!.special));
    return this.madeSpecial;
  }
  /** Places of data that is derived from something that a request can name. */
  get derived(): PlaceSet {
    this.madeDerived ??= Uint8Array.from(this.places, ({ field }) => Number(this.inputsOf(field).length > 0));
    return this.madeDerived;
  }
  /** Places of data that was collected for other purposes than one. What says nothing of that is held to nothing. */
  secondary(purpose: Id): Uint8Array {
    return this.remembered(`secondary ${purpose}`, () =>
      Uint8Array.from(this.places, ({ field }) => Number(this.isSecondary(field, purpose))),
    );
  }
  isSecondary(field: Id, purpose: Id): boolean {
    const { source } = this.world.fields.get(field)!;
    if (source.collectedFor.length === 0) return false;
    const purposes = this.remembered(source, () => covered(this.world.purposes, source.collectedFor));
    return !purposes.has(purpose);
  }

  /** What a field is derived from, field by field, as far as a request can name it. */
  inputsOf(field: Id): readonly Id[] {
    const known = this.inputs.get(field);
    if (known !== undefined) return known;
    const { fields, sources } = this.world;
    const found = fields
      .get(field)!
      .source.derivedFrom.flatMap((ref) =>
        ref.kind === "field" ? [ref.id] : sources.get(sourceOf(this.world, ref))!.fields.map(({ id }) => id),
      )
      .filter((input) => this.placeSets.placesOf(input).length > 0);
    this.inputs.set(field, found);
    return found;
  }

  /** The space of facts of interactions that ask the same. The ones asked for last are kept. */
  factsFor(asked: string, make: () => FactSpace): FactSpace {
    const known = this.facts.get(asked) ?? make();
    this.facts.delete(asked);
    this.facts.set(asked, known);
    this.keepFacts(mostSpaces);
    return known;
  }
  /** Between analyses few are kept: an edit asks for one or two of them. */
  rest(): void {
    this.keepFacts(mostAtRest);
  }
  private keepFacts(most: number): void {
    for (const oldest of this.facts.keys()) {
      if (this.facts.size <= most) return;
      this.facts.delete(oldest);
    }
  }
  forgetFacts(asked: string): void {
    this.facts.delete(asked);
  }

  /** Whatever follows from the ground and a key, once. */
  remembered<T>(key: unknown, make: () => T): T {
    const known = this.memos.get(key);
    if (known !== undefined) return known as T;
    const made = make();
    this.memos.set(key, made);
    return made;
  }

  private routesOver(channel: Id): readonly Route[] {
    const known = this.routes.get(channel) ?? routesOver(this.world, channel);
    this.routes.set(channel, known);
    return known;
  }
}

/** Each takes some hundred kilobytes, and many interactions ask the same as one of the others did. */
const mostSpaces = 384;
const mostAtRest = 32;
