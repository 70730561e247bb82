import {
  atomsOf,
  type Cell,
  type CellOf,
  type Cells,
  type Datum,
  type DecisionSpace,
  type InteractionPartition,
  type InteractionSpace,
  TooLargeError,
} from "@scruple/analysis";
import {
  type Expr,
  type FactName,
  type Id,
  type Interaction,
  type Operation,
  reportedName,
  type World,
} from "@scruple/model";
import { Cases, levelOn } from "./cases.ts";

/** What an operation of an interaction could ever be allowed with, each dimension by itself, and together. */
export interface Possible {
  readonly cases: Cases;
  readonly data: ReadonlySet<Id>;
  readonly purposes: ReadonlySet<Id>;
  readonly channels: ReadonlySet<Id>;
  readonly recipients: ReadonlySet<Id>;
  readonly levels: ReadonlySet<string>;
  /** Facts, as `missing` calls them, that stand in a condition of a rule which bears on something that could be allowed. */
  readonly facts: ReadonlySet<FactName>;
}

/**
 * What could ever be allowed in an interaction, by operation. Exact: each cell of the decision space that an allow selects is
 * asked whether there are facts at which it is allowed; cells that are decided alike are asked once, and those of which nothing
 * is left to be found are not. One that is too complex to tell is taken to be possible: types are there to help, and what
 * decides is the guard.
 */
export function possibleIn(space: DecisionSpace, interaction: Interaction): ReadonlyMap<Operation, Possible> {
  const within = space.of(interaction);
  const { partition } = within;
  const found = new Map<Operation, Found>();
  const known = new Map<Cell["key"], boolean>();
  const isWorth = (cells: Cells) => found.get(cells.operation)?.hasAll(cells) !== true;
  for (const cell of partition.cells({ isWorth })) {
    const { key, operation } = cell;
    const isPossible = known.get(key) ?? isAllowed(within, cell);
    known.set(key, isPossible);
    if (!isPossible) continue;
    const one = found.get(operation) ?? new Found(partition);
    found.set(operation, one);
    one.add(cell);
  }
  for (const one of found.values()) one.finish();
  return found;
}

function isAllowed(space: InteractionSpace, cell: CellOf): boolean {
  try {
    return space.isAllowed(cell);
  } catch (error) {
    if (error instanceof TooLargeError) return true;
    throw error;
  }
}

class Found implements Possible {
  readonly cases: Cases;
  readonly data = new Set<Id>();
  readonly purposes = new Set<Id>();
  readonly channels = new Set<Id>();
  readonly recipients = new Set<Id>();
  readonly levels = new Set<string>();
  readonly facts = new Set<FactName>();
  private readonly partition: InteractionPartition;
  /** What cells are made of comes again and again. */
  private readonly taken = new Set<unknown>();
  private readonly routes = new Set<unknown>();
  /** 1 for each place of data that is asked for alone. */
  private readonly places: Uint8Array;
  /** All that selects anything of it, as a set of the partition. */
  private selecting = 0;

  constructor(partition: InteractionPartition) {
    this.partition = partition;
    this.cases = new Cases(partition.world);
    this.places = new Uint8Array(partition.ground.places.length);
  }

  /** Whether cells have nothing that is not in here, and how they are put together is of no interest any more. */
  hasAll({ class: ofData, purposes, routes, set }: Cells): boolean {
    if (!this.cases.areTooMany || !this.taken.has(ofData) || purposes === null) return false;
    return (
      purposes.every((purpose) => this.purposes.has(purpose)) &&
      (routes === null
        ? this.routes.size === this.partition.routes.length
        : routes.every((route) => this.routes.has(route))) &&
      this.partition.sets.isWithin(set, this.selecting)
    );
  }

  add(cell: CellOf): void {
    const { class: ofData, purposes, routes, set } = cell;
    const { sets } = this.partition;
    if (!sets.isWithin(set, this.selecting)) this.selecting = sets.either(set, this.selecting);
    if (this.isNew(ofData)) {
      if (ofData.places === null) for (const pair of ofData.data) this.addPair(pair);
      else for (const place of ofData.places) this.places[place] = 1;
    }
    if (this.isNew(purposes)) for (const purpose of purposes) this.purposes.add(purpose);
    if (this.isNew(routes)) {
      for (const route of routes) {
        this.routes.add(route);
        this.channels.add(route.channel);
        if (route.recipient !== null) this.recipients.add(route.recipient);
      }
    }
    this.cases.add(cell);
  }

  /** To be called when all cells are in. */
  finish(): void {
    const { ground, interaction, sets, world } = this.partition;
    const levels = ground.remembered(levelsOfPlaces, () =>
      ground.places.map(({ field, level }) => levelAsked(world, field, level)),
    );
    for (let place = 0; place < this.places.length; place++)
      if (this.places[place] === 1) this.addPiece(ground.places[place]?.field as Id, levels[place] as string | null);
    if (interaction.until !== null) this.facts.add("today");
    for (const number of sets.members(this.selecting))
      for (const name of factsOf(world, this.partition.item(number))) this.facts.add(name);
  }

  private addPair({ field, with: joined, level }: Datum): void {
    for (const one of [field, joined as Id]) this.addPiece(one, levelAsked(this.partition.world, one, level));
  }

  private addPiece(field: Id, level: string | null): void {
    this.data.add(field);
    if (level !== null) this.levels.add(level);
  }

  private isNew(part: unknown): boolean {
    return !this.taken.has(part) && this.taken.add(part) !== undefined;
  }
}

const levelsOfPlaces = Symbol("the levels of places");

function levelAsked({ fields }: World, field: Id, level: string | null): string | null {
  return levelOn(fields.get(field)?.levels ?? [], level);
}

const factsByItem = new WeakMap<object, readonly FactName[]>();

/** What a rule or an exception asks by itself. */
function factsOf(world: World, item: { readonly says: readonly Expr[] }): readonly FactName[] {
  const known = factsByItem.get(item);
  if (known !== undefined) return known;
  const names = new Set<FactName>();
  for (const atom of atomsOf(world, item.says)) {
    if ("fact" in atom) names.add(reportedName(atom.fact));
    else if (atom.op === "compareFacts") for (const one of [atom.left, atom.right]) names.add(reportedName(one));
    else if (atom.op === "consent") names.add("consents");
    else if (atom.op === "objection") names.add("objections");
  }
  const found = [...names];
  factsByItem.set(item, found);
  return found;
}
