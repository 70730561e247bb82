import type { Cell, Datum, Route } from "@scruple/analysis";
import type { Id, World } from "@scruple/model";
import { NameSets } from "./name-sets.ts";

/** Pieces of data, purposes, channels, recipients and levels of which every combination could be allowed. */
export interface Case {
  readonly data: ReadonlySet<Id>;
  readonly purposes: ReadonlySet<Id>;
  readonly channels: ReadonlySet<Id>;
  /** Null stands for a request that names none. */
  readonly recipients: ReadonlySet<Id | null>;
  /** Null stands for a request that names none, and gets the finest; `anyLevel` for data to which levels are nothing. */
  readonly levels: ReadonlySet<string | null>;
}
export const anyLevel = "";

/** A case, as the numbers of its sets. */
type Row = readonly [data: number, purposes: number, channels: number, recipients: number, levels: number];
const levelsAt = 4;

/** Beyond so many cells nothing is put together: what would come of it is too long to be of help, and takes too long. */
const mostCells = 64;

/** The combinations that could be allowed, from cells as they come; put together at the end, since that looks at all of them. */
export class Cases {
  private readonly cells: Pick<Cell, "data" | "purposes" | "routes">[] = [];
  private readonly sets = new NameSets();
  /** Cells are made of the same lists again and again. */
  private readonly parts = new Map<readonly Datum[], readonly (readonly [data: number, levels: number])[]>();
  private readonly reached = new Map<readonly Route[], readonly (readonly [channel: number, recipients: number])[]>();
  private readonly any = this.sets.of([anyLevel]);
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  add(cell: Cell): void {
    if (!this.areTooMany) this.cells.push(cell);
  }

  /** Whether there are too many cells to tell them apart, whatever else is added. */
  get areTooMany(): boolean {
    return this.cells.length > mostCells;
  }

  private get rows(): readonly Row[] {
    return this.cells.flatMap(({ data, purposes, routes }): Row[] => {
      const [parts, meant] = [this.partsOf(data), this.sets.of(purposes)];
      return this.reachedBy(routes).flatMap(([channel, recipients]) =>
        parts.map(([some, levels]): Row => [some, meant, channel, recipients, levels]),
      );
    });
  }

  /** Some data by the levels that a request may name for it. */
  private partsOf(data: readonly Datum[]): readonly (readonly [number, number])[] {
    const known = this.parts.get(data);
    if (known !== undefined) return known;
    const byLevels = new Map<number, Id[]>();
    for (const { field, with: joined, level } of data) {
      for (const one of joined === null ? [field] : [field, joined]) {
        const scale = this.world.fields.get(one)?.levels ?? [];
        const levels = scale.length === 0 ? this.any : this.sets.of(levelsFor(scale, level));
        const others = byLevels.get(levels);
        if (others === undefined) byLevels.set(levels, [one]);
        else others.push(one);
      }
    }
    const parts = Array.from(byLevels, ([levels, fields]) => [this.sets.of(fields), levels] as const);
    this.parts.set(data, parts);
    return parts;
  }

  /** The channels of some routes, and whom each of them reaches. */
  private reachedBy(routes: readonly Route[]): readonly (readonly [number, number])[] {
    const known = this.reached.get(routes);
    if (known !== undefined) return known;
    const byChannel = new Map<Id, (Id | null)[]>();
    for (const { channel, recipient } of routes) {
      const recipients = byChannel.get(channel);
      if (recipients === undefined) byChannel.set(channel, [recipient]);
      else recipients.push(recipient);
    }
    const reached = Array.from(
      byChannel,
      ([channel, recipients]) => [this.sets.of([channel]), this.sets.of(recipients)] as const,
    );
    this.reached.set(routes, reached);
    return reached;
  }

  /** As few as there are kinds, in a fixed order; null where there are too many to tell. */
  get all(): readonly Case[] | null {
    return this.areTooMany ? null : this.written(this.merged(this.rows));
  }

  /** At most so many: where it takes that, whatever the level; null where they are more even so. */
  atMost(count: number): readonly Case[] | null {
    if (this.areTooMany) return null;
    const all = this.merged(this.rows);
    if (all.length <= count) return this.written(all);
    const coarse = this.merged(all.map(([data, purposes, channels, to]) => [data, purposes, channels, to, this.any]));
    return coarse.length <= count ? this.written(coarse) : null;
  }

  private written(rows: readonly Row[]): readonly Case[] {
    return rows.map((row) => {
      const [data, purposes, channels, recipients, levels] = row.map((one) => new Set(this.sets.namesIn(one)));
      return { data, purposes, channels, recipients, levels } as Case;
    });
  }

  /** As few as come of putting together those that differ in one dimension alone. */
  private merged(rows: readonly Row[]): readonly Row[] {
    let before = rows;
    for (;;) {
      let after = before;
      for (let dimension = 0; dimension <= levelsAt; dimension++) after = this.mergedBy(after, dimension);
      if (after.length === before.length) return after;
      before = after;
    }
  }

  private mergedBy(rows: readonly Row[], dimension: number): readonly Row[] {
    const groups = new Map<string, Row[]>();
    for (const row of rows) {
      const key = row.map((one, index) => (index === dimension ? "" : this.sets.first(one))).join();
      const others = groups.get(key);
      if (others === undefined) groups.set(key, [row]);
      else others.push(row);
    }
    if (groups.size === rows.length) return rows;
    return Array.from(groups.values(), (some) => {
      const union = this.sets.union(some.map((row) => row[dimension] as number));
      return (some.at(-1) as Row).with(dimension, union) as unknown as Row;
    });
  }
}

/** The levels that a request may name for data of a scale, which a cell is about at one level. */
function levelsFor(scale: readonly string[], level: string | null): readonly (string | null)[] {
  const asked = levelOn(scale, level);
  if (asked === null) return [anyLevel];
  return asked === scale[0] ? [asked, null] : [asked];
}

/** The level at which a request gets data of a scale: the finest has a name as well. Null where levels are nothing to it. */
export function levelOn(scale: readonly string[], level: string | null): string | null {
  const asked = level ?? scale[0];
  return asked !== undefined && scale.includes(asked) ? asked : null;
}
