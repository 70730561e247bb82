import type { CellOf, DataClass } from "@scruple/analysis";
import { type Id, requestedLevel, type World } from "@scruple/model";
import type { Leveled, Levels, Scales } from "./levels.ts";
import type { Box, Region, Spots } from "./spots.ts";

/** What goes together: every combination of what is in it. */
export interface Case extends Box {
  readonly data: readonly Id[];
  /** What the data is joined with; null where it is asked for alone. */
  readonly with: readonly Id[] | null;
  /** Null: whatever the level. */
  readonly levels: Levels | null;
}

/** Data, with what it is joined with. The value is the number of a region. */
interface Part extends Leveled {
  readonly with: readonly Id[] | null;
}

/** The combinations that could be allowed, from cells as they come. They may hold recipients that a channel does not reach. */
export class Cases {
  private readonly world: World;
  private readonly spots: Spots;
  private readonly scales: Scales;
  private readonly places: number;
  private readonly regions = new Map<DataClass, Region>();

  constructor(world: World, spots: Spots, scales: Scales, places: number) {
    this.world = world;
    this.spots = spots;
    this.scales = scales;
    this.places = places;
  }

  add({ class: ofData, purposes, routes }: CellOf): void {
    const region = this.regions.get(ofData) ?? this.spots.empty();
    this.regions.set(ofData, region);
    this.spots.add(region, purposes, routes);
  }

  /** In a fixed order. */
  get all(): readonly Case[] {
    const { numberOf, distinct } = this.numbered();
    const isPairs = [...numberOf.keys()].some(({ places }) => places === null);
    const parts = isPairs ? this.pairs(numberOf) : this.singles(numberOf);
    return this.spots.cover(distinct).flatMap(({ box, within }) => {
      const isWithin = new Uint8Array(distinct.length + 1);
      for (const index of within) isWithin[index + 1] = 1;
      const found = new Map<string, Case & { readonly data: Id[] }>();
      for (const { fields, with: joined, levels, value } of parts) {
        if (isWithin[value] === 0) continue;
        const key = joined === null && levels === null ? "" : JSON.stringify([joined, levels && [...levels]]);
        const known = found.get(key);
        if (known === undefined) found.set(key, { ...box, data: [...fields], with: joined, levels });
        else known.data.push(...fields);
      }
      return [...found.values()];
    });
  }

  /** Equal regions have one number, from 1. */
  private numbered(): { readonly numberOf: ReadonlyMap<DataClass, number>; readonly distinct: readonly Region[] } {
    const distinct: Region[] = [];
    const known = new Map<number, number[]>();
    const numberOf = new Map<DataClass, number>();
    for (const [ofData, region] of this.regions) {
      const hash = region.reduce((sum, word) => (Math.imul(sum, 31) + word) | 0, 0);
      const alike = known.get(hash) ?? [];
      known.set(hash, alike);
      let number = alike.find((one) => isSame(distinct[one - 1] as Region, region));
      if (number === undefined) {
        number = distinct.push(region);
        alike.push(number);
      }
      numberOf.set(ofData, number);
    }
    return { numberOf, distinct };
  }

  private singles(numberOf: ReadonlyMap<DataClass, number>): readonly Part[] {
    const values = new Int32Array(this.places);
    for (const [{ places }, number] of numberOf) for (const place of places ?? []) values[place] = number;
    return this.scales.parts(values).map((part) => ({ ...part, with: null }));
  }

  /** Fields that go with the same at the same levels, together. */
  private pairs(numberOf: ReadonlyMap<DataClass, number>): readonly Part[] {
    const { fields } = this.world;
    const levelsOf = (field: Id) => fields.get(field)?.levels ?? [];
    /** By field and what it is joined with, the number at each pair of levels. */
    const table = new Map<Id, Map<Id, Map<string, number>>>();
    for (const [{ data }, number] of numberOf)
      for (const { field, with: other, level } of data)
        for (const [one, joined] of [[field, other as Id] as const, [other as Id, field] as const]) {
          const row = table.get(one) ?? new Map<Id, Map<string, number>>();
          table.set(one, row);
          const at = row.get(joined) ?? new Map<string, number>();
          row.set(joined, at);
          at.set(atLevels(levelsOf(one), levelsOf(joined), level), number);
        }
    const found = new Map<string, { readonly fields: Id[]; readonly parts: readonly Omit<Part, "fields">[] }>();
    for (const [field, row] of [...table].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const parts = new Map<string, { readonly with: Id[]; readonly levels: Levels | null; readonly value: number }>();
      for (const [joined, at] of [...row].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const [here, there] = [levelsOf(field), levelsOf(joined)];
        const all = this.scales.split(
          [...new Set([...here, ...there])],
          (level) => at.get(atLevels(here, there, level)) ?? 0,
        );
        for (const [value, levels] of all) {
          if (value === 0) continue;
          const key = `${value} ${levels && [...levels].join()}`;
          const known = parts.get(key);
          if (known === undefined) parts.set(key, { with: [joined], levels, value });
          else known.with.push(joined);
        }
      }
      const own = [...parts.values()];
      const key = JSON.stringify(Array.from(parts, ([name, part]) => [name, part.with]));
      const known = found.get(key);
      if (known === undefined) found.set(key, { fields: [field], parts: own });
      else known.fields.push(field);
    }
    return [...found.values()].flatMap(({ fields: some, parts }) => parts.map((part) => ({ ...part, fields: some })));
  }
}

function isSame(a: Region, b: Region): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** At which of their levels two fields come where one level is asked for. */
function atLevels(here: readonly string[], there: readonly string[], level: string | null): string {
  return `${requestedLevel(here, level)} ${requestedLevel(there, level)}`;
}
