import {
  type AllowedWhere,
  type CellOf,
  type Datum,
  FALSE,
  type InteractionPartition,
  type InteractionSpace,
  TooLargeError,
} from "@scruple/analysis";
import type { FactName, Id, Operation, World } from "@scruple/model";
import { type AllApart, type Allowed, apartIn } from "./apart.ts";
import { factsOf } from "./asked-facts.ts";
import { type Case, Cases } from "./cases.ts";
import type { Scales } from "./levels.ts";
import { Spots } from "./spots.ts";

/** What an operation of an interaction could ever be allowed with, each dimension by itself, and together. */
export interface Possible {
  /** What goes together. They may hold recipients that a channel does not reach, and levels that the data does not have. */
  readonly cases: readonly Case[];
  /** What never goes together in one request. */
  readonly apart: AllApart;
  readonly data: ReadonlySet<Id>;
  readonly purposes: ReadonlySet<Id>;
  readonly channels: ReadonlySet<Id>;
  readonly recipients: ReadonlySet<Id>;
  readonly levels: ReadonlySet<string>;
  /** Facts, as `missing` calls them, that stand in a condition of a rule which bears on something that could be allowed. */
  readonly facts: ReadonlySet<FactName>;
  /** Whether something of it was too complex to tell. */
  readonly isCoarse: boolean;
}

/**
 * What could ever be allowed in an interaction, by operation. Exact: each cell of the decision space that an allow selects is
 * asked whether there are facts at which it is allowed; cells that are decided alike are asked once. One that is too complex to
 * tell is taken to be possible: types are there to help, and what decides is the guard.
 */
export function possibleIn(space: InteractionSpace, scales: Scales): ReadonlyMap<Operation, Possible> {
  const { partition } = space;
  const found = new Map<Operation, Found>();
  const known = new Map<CellOf["key"], AllowedWhere | null>();
  const spots = new Spots(partition.purposes, partition.routes);
  const possible = function* (): Generator<CellOf> {
    for (const cell of partition.cells({ isWorth: (cells) => !partition.areDenied(cells) })) {
      const { key } = cell;
      if (!known.has(key)) known.set(key, whereAllowed(space, cell));
      if (known.get(key)?.allowed !== FALSE) yield cell;
    }
  };
  for (const cell of possible()) {
    const { key, operation } = cell;
    const one = found.get(operation) ?? new Found(partition, spots, scales);
    found.set(operation, one);
    one.add(cell, known.get(key) as AllowedWhere | null);
  }
  for (const [operation, one] of found) {
    const cells = () => [...possible()].filter((cell) => cell.operation === operation);
    one.finish(cells);
  }
  return found;
}

/** Null where that is too complex to tell. */
function whereAllowed(space: InteractionSpace, cell: CellOf): AllowedWhere | null {
  try {
    return space.whereAllowed(cell);
  } catch (error) {
    if (error instanceof TooLargeError) return null;
    throw error;
  }
}

class Found implements Possible {
  readonly data = new Set<Id>();
  readonly purposes = new Set<Id>();
  readonly channels = new Set<Id>();
  readonly recipients = new Set<Id>();
  readonly levels = new Set<string>();
  readonly facts = new Set<FactName>();
  cases: readonly Case[] = [];
  apart: AllApart = { always: [], atOneAge: [], isCoarse: false };
  isCoarse = false;
  private readonly together: Cases;
  /** A cell for each way in which they are decided. */
  private readonly allowed = new Map<CellOf["key"], Allowed>();
  private readonly spots: Spots;
  private readonly partition: InteractionPartition;
  /** What cells are made of comes again and again. */
  private readonly taken = new Set<unknown>();
  /** 1 for each place of data that is asked for alone. */
  private readonly places: Uint8Array;
  /** All that selects anything of it, as a set of the partition. */
  private selecting = 0;

  constructor(partition: InteractionPartition, spots: Spots, scales: Scales) {
    this.partition = partition;
    this.spots = spots;
    this.together = new Cases(partition.world, spots, scales, partition.ground.places.length);
    this.places = new Uint8Array(partition.ground.places.length);
  }

  /** @param where It is allowed; null where that is too complex to tell. */
  add(cell: CellOf, where: AllowedWhere | null): void {
    if (where === null) this.isCoarse = true;
    else if (!this.allowed.has(cell.key)) this.allowed.set(cell.key, { cell, where });
    const { class: ofData, purposes, routes, set } = cell;
    const { sets } = this.partition;
    if (!sets.isWithin(set, this.selecting)) this.selecting = sets.either(set, this.selecting);
    if (this.isNew(ofData)) {
      if (ofData.places === null) for (const pair of ofData.data) this.addPair(pair);
      else for (const place of ofData.places) this.places[place] = 1;
    }
    if (this.isNew(purposes)) for (const purpose of purposes) this.purposes.add(purpose);
    if (this.isNew(routes)) {
      for (const { channel, recipient } of routes) {
        this.channels.add(channel);
        if (recipient !== null) this.recipients.add(recipient);
      }
    }
    this.together.add(cell);
  }

  /** To be called when all cells are in. @param cells All that could be allowed, once more */
  finish(cells: () => readonly CellOf[]): void {
    const { ground, interaction, sets, world } = this.partition;
    const levels = ground.remembered(levelsOfPlaces, () =>
      ground.places.map(({ field, level }) => levelAsked(world, field, level)),
    );
    for (let place = 0; place < this.places.length; place++)
      if (this.places[place] === 1) this.addPiece(ground.places[place]?.field as Id, levels[place] as string | null);
    if (interaction.until !== null) this.facts.add("today");
    for (const number of sets.members(this.selecting))
      for (const name of factsOf(world, this.partition.item(number))) this.facts.add(name);
    this.cases = this.together.all;
    this.apart = apartIn(this.partition, this.spots, this.allowed, cells);
    this.allowed.clear();
    this.isCoarse ||= this.apart.isCoarse;
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

/** The level at which a request gets data: the finest has a name as well. Null where levels are nothing to it. */
function levelAsked({ fields }: World, field: Id, level: string | null): string | null {
  const scale = fields.get(field)?.levels ?? [];
  const asked = level ?? scale[0];
  return asked !== undefined && scale.includes(asked) ? asked : null;
}
