import {
  type Expr,
  type Id,
  operations,
  type PromiseLine,
  selectsChannel,
  selectsData,
  selectsOperation,
  selectsPurpose,
  selectsRecipients,
} from "@scruple/model";
import { mentionsOfAll, namesPurpose } from "../personal.ts";
import { remembered } from "../remembered.ts";
import type { CellOf } from "../space/cell-of.ts";
import { type Datum, type Route, recipientsOf } from "../space/datum.ts";
import type { Ground } from "../space/ground.ts";
import type { Cells, Scope } from "../space/interaction-partition.ts";
import type { InteractionSpace } from "../space/interaction-space.ts";
import { present } from "../space/items.ts";
import { meaningsOf } from "../space/meanings.ts";
import type { PlaceSet } from "../space/place-sets.ts";

/** The requests that a line speaks of: `never` of all that it touches, `always` of what it names. */
export function scopeOf({ world, partition }: InteractionSpace, line: PromiseLine): Scope {
  const reading = line.modality === "never" ? "wide" : "narrow";
  const spoken = spokenIn(line, partition.ground);
  const isSpoken = (datum: Datum) => selectsData(world, line, datum, reading);
  spoken.places ??= partition.ground.placesWhere(isSpoken);
  return {
    operations: operations.filter((operation) => selectsOperation(line.operations, operation, reading)),
    places: spoken.places,
    pairs: isSpoken,
    purposes: once(spoken.purposes, (purpose) => selectsPurpose(world, line.purposes, purpose, reading)),
    routes: once(
      spoken.routes,
      (route) =>
        selectsChannel(world, line.channels, route.channel, reading) &&
        selectsRecipients(world, line.recipients, recipientsOf(world, route), reading),
    ),
    unselected: line.modality === "always",
    ...(line.modality === "never" ? { isWorth: (cells: Cells) => !partition.areDenied(cells) } : {}),
  };
}

/** What a line speaks of. Routes, and data that is asked for alone, are the same objects in all interactions of a ground. */
interface Spoken {
  /** By place. */
  places: PlaceSet | null;
  readonly purposes: Map<Id, boolean>;
  readonly routes: Map<Route, boolean>;
}

/** Lines outlive what they speak of: another ground has other objects. */
const allSpoken = new WeakMap<PromiseLine, WeakMap<Ground, Spoken>>();

function spokenIn(line: PromiseLine, ground: Ground): Spoken {
  const byGround = allSpoken.get(line) ?? new WeakMap<Ground, Spoken>();
  allSpoken.set(line, byGround);
  const known = byGround.get(ground) ?? { places: null, purposes: new Map(), routes: new Map() };
  byGround.set(ground, known);
  return known;
}

function once<T>(known: Map<T, boolean>, compute: (one: T) => boolean): (one: T) => boolean {
  return (one) => remembered(known, one, () => compute(one));
}

const asked = new WeakMap<PromiseLine, readonly Expr[]>();

/** What a line asks of facts: one list for each line. */
export function askedIn(line: PromiseLine): readonly Expr[] {
  const known = asked.get(line) ?? present(line.when, line.unless);
  asked.set(line, known);
  return known;
}

/** The parts of a cell that a line may speak of differently. */
export function partsOf(space: InteractionSpace, line: PromiseLine, cell: CellOf): Iterable<CellOf> {
  return line.covertly ? openParts(space, cell) : partsFor(space, line, cell);
}

/** Where a line names purposes, what each purpose of a cell has to do with them decides as well, so each is looked at by itself. */
function partsFor({ world }: InteractionSpace, line: PromiseLine, cell: CellOf): readonly CellOf[] {
  return namesPurpose(mentionsOfAll(world, askedIn(line)))
    ? cell.purposes.map((purpose) => cell.part(cell.data, [purpose], cell.routes))
    : [cell];
}

/**
 * The parts of a cell on channels that reach the customer, by purpose and by route: the disclosure of one datum may be decided
 * otherwise than that of another that is used alike. Of parts whose disclosure the same rules decide, the first.
 */
function* openParts({ world, partition }: InteractionSpace, cell: CellOf): Generator<CellOf> {
  const { customer } = meaningsOf(world);
  const routes = cell.routes.filter(({ channel }) =>
    world.channelOf.get(channel)!.reaches.some((one) => customer.has(one)),
  );
  if (routes.length === 0) return;
  const seenData = new Set<number>();
  const seen = new Set<string>();
  for (const datum of cell.data) {
    if (datum.with === null) {
      const ofData = partition.placeSet(partition.ground.placeOf(datum.field, datum.level));
      if (seenData.has(ofData)) continue;
      seenData.add(ofData);
    }
    for (const purpose of cell.purposes)
      for (const route of routes) {
        if (datum.with === null) {
          const key = `${partition.disclosureOf(datum, purpose, route)} ${purpose}`;
          if (seen.has(key)) continue;
          seen.add(key);
        }
        yield cell.part([datum], [purpose], [route]);
      }
  }
}
