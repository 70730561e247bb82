import { covered, overlapping, within } from "./hierarchy.ts";
import type { DataRef, Id, Operation, Selector } from "./model.ts";
import { type FieldInfo, sourceOf, type World } from "./world.ts";

/**
 * What lets data flow is read narrowly, what stops it is read widely. Allows, the exceptions of denials and the bounds of
 * interactions select narrowly; denials, the exceptions of allows and `never` select widely; an exception inside an
 * exception turns once more.
 */
export type Reading = "narrow" | "wide";

export function opposite(reading: Reading): Reading {
  return reading === "narrow" ? "wide" : "narrow";
}

/** The static part of one piece of a request. */
export interface Act {
  readonly interaction: Id;
  readonly operation: Operation;
  readonly field: Id;
  /** For `combine` alone: the field that it is joined with. */
  readonly with: Id | null;
  readonly purpose: Id;
  readonly channel: Id;
  /** The request's recipient, or all that the channel reaches. */
  readonly recipients: readonly Id[];
  /** As requested; null asks for the finest. */
  readonly level: string | null;
}

/** To disclose is to use: who allows to disclose allows to use, who denies to use denies to disclose. */
export function selectsOperation(named: readonly Operation[], operation: Operation, reading: Reading): boolean {
  if (named.includes(operation)) return true;
  return reading === "narrow"
    ? operation === "use" && named.includes("disclose")
    : operation === "disclose" && named.includes("use");
}

export function selectsPurpose(world: World, named: readonly Id[] | null, purpose: Id, reading: Reading): boolean {
  return selectsIn(world, "purposes", named, purpose, reading);
}

export function selectsChannel(world: World, named: readonly Id[] | null, channel: Id, reading: Reading): boolean {
  return selectsIn(world, "channels", named, channel, reading);
}

/** Narrow: each of them is covered. Wide: one of them overlaps. */
export function selectsRecipients(
  world: World,
  named: readonly Id[] | null,
  recipients: readonly Id[],
  reading: Reading,
): boolean {
  const one = (recipient: Id) => selectsIn(world, "recipients", named, recipient, reading);
  return reading === "narrow" ? recipients.every(one) : recipients.some(one);
}

function selectsIn(
  world: World,
  dimension: "purposes" | "channels" | "recipients",
  named: readonly Id[] | null,
  id: Id,
  reading: Reading,
): boolean {
  if (named === null) return true;
  const select = reading === "narrow" ? covered : overlapping;
  return cached(world, named, `${dimension} ${reading}`, () => select(world[dimension], named)).has(id);
}

// ---------------------------------------------------------------------------------------------------------------- data

/** The fields that a list selects: by what they are, and by what they are derived from. */
export interface Selected {
  readonly direct: ReadonlySet<Id>;
  readonly derived: ReadonlySet<Id>;
}
type DataSelector = Pick<Selector, "data" | "with" | "level">;
type Piece = Pick<Act, "field" | "with" | "level">;

/** Data, `with` and precision, which only together say whether a piece is selected. */
export function selectsData(world: World, selector: DataSelector, piece: Piece, reading: Reading): boolean {
  const byData = selectedFields(world, selector.data, reading);
  if (selector.with !== null) {
    if (piece.with === null) return false;
    const byWith = selectedFields(world, selector.with, reading);
    return (
      selectsPair(world, selector.level, piece, [piece.field, byData], [piece.with, byWith], reading) ||
      selectsPair(world, selector.level, piece, [piece.with, byData], [piece.field, byWith], reading)
    );
  }
  const fields = piece.with === null ? [piece.field] : [piece.field, piece.with];
  const one = (field: Id) => isSelected(byData, field) && atLevel(world, selector.level, piece, field, byData, reading);
  return reading === "narrow" ? fields.every(one) : fields.some(one);
}

/** One way round: this field by DATA, that one by `with`. */
function selectsPair(
  world: World,
  level: string | null,
  piece: Piece,
  ...[one, other, reading]: [readonly [Id, Selected], readonly [Id, Selected], Reading]
): boolean {
  const both = [one, other] as const;
  if (!both.every(([field, by]) => isSelected(by, field))) return false;
  const fits = ([field, by]: readonly [Id, Selected]) => atLevel(world, level, piece, field, by, reading);
  return reading === "narrow" ? both.every(fits) : both.some(fits);
}

function isSelected({ direct, derived }: Selected, field: Id): boolean {
  return direct.has(field) || derived.has(field);
}

/** Narrow: the field has the level, and that one or a coarser is asked for. Wide: or a finer, or it is merely derived. */
function atLevel(world: World, level: string | null, piece: Piece, field: Id, by: Selected, reading: Reading): boolean {
  if (level === null) return true;
  if (reading === "wide" && !by.direct.has(field)) return true;
  const { levels } = world.fields.get(field) as FieldInfo;
  const bound = levels.indexOf(level);
  if (bound < 0) return false;
  const asked = requestedLevel(levels, piece.level);
  return reading === "narrow" ? asked >= bound : asked <= bound;
}

/** Index into the field's levels; what has another scale, and a request that names none, count at the finest. */
export function requestedLevel(levels: readonly string[], level: string | null): number {
  return level === null ? 0 : Math.max(0, levels.indexOf(level));
}

/** What a list of data selects, at whatever precision; remembered by the list itself. Null: all. */
export function selectedFields(world: World, refs: readonly DataRef[] | null, reading: Reading): Selected {
  if (refs === null)
    return cached(world, world, "all", () => ({ direct: new Set(world.fields.keys()), derived: none }));
  return cached(world, refs, `data ${reading}`, () =>
    reading === "narrow" ? { direct: narrowFields(world, refs), derived: none } : wideFields(world, refs),
  );
}
const none: ReadonlySet<Id> = new Set();

function narrowFields(world: World, refs: readonly DataRef[]): ReadonlySet<Id> {
  const named = namesIn(refs);
  const categories = narrowCategories(world, named);
  const result = new Set<Id>();
  for (const [id, { field, source, special }] of world.fields) {
    const byOrigin = !special && (named.any || named.sources.has(source.id));
    if (named.fields.has(id) || byOrigin || field.categories.every((category) => categories.has(category)))
      result.add(id);
  }
  return result;
}

/** A special category whose parents are all plain is covered by its own name or by `special`, never through them. */
function narrowCategories(world: World, named: Names): ReadonlySet<Id> {
  const { order, parents } = world.categories;
  const isSpecial = (id: Id) => world.specialCategories.has(id);
  const result = new Set(named.categories);
  for (const id of order) {
    const above = parents.get(id) ?? [];
    const hasToBeNamed = isSpecial(id) && !above.some(isSpecial);
    const throughParents = !hasToBeNamed && above.length > 0 && above.every((parent) => result.has(parent));
    if (throughParents || (named.special && isSpecial(id))) result.add(id);
  }
  return result;
}

function wideFields(world: World, refs: readonly DataRef[]): Selected {
  const named = namesIn(refs);
  const categories = within(world.categories, [...named.categories]);
  const direct = new Set<Id>();
  for (const [id, { field, source, special }] of world.fields) {
    const byName = named.any || named.fields.has(id) || named.sources.has(source.id);
    const byCategory = (named.special && special) || field.categories.some((category) => categories.has(category));
    if (byName || byCategory) direct.add(id);
  }
  const derived = new Set<Id>();
  const derivedSources = new Set<Id>();
  for (const source of world.sources.values()) {
    const tainted = source.derivedFrom.some((ref) => {
      if (ref.kind === "field") return direct.has(ref.id) || derived.has(ref.id);
      if (named.any || named.sources.has(ref.id) || derivedSources.has(ref.id)) return true;
      return (world.sources.get(sourceOf(world, ref))?.fields ?? []).some((field) => direct.has(field.id));
    });
    if (!tainted) continue;
    derivedSources.add(source.id);
    for (const field of source.fields) derived.add(field.id);
  }
  return { direct, derived };
}

interface Names {
  readonly any: boolean;
  readonly special: boolean;
  readonly categories: ReadonlySet<Id>;
  readonly sources: ReadonlySet<Id>;
  readonly fields: ReadonlySet<Id>;
}
function namesIn(refs: readonly DataRef[]): Names {
  const ids = (kind: "category" | "source" | "field") =>
    new Set(refs.flatMap((ref) => (ref.kind === kind ? [ref.id] : [])));
  return {
    any: refs.some((ref) => ref.kind === "any"),
    special: refs.some((ref) => ref.kind === "special"),
    categories: ids("category"),
    sources: ids("source"),
    fields: ids("field"),
  };
}

/** Selections are asked for over and over with the same lists of a model, which never change. */
function cached<T>(world: World, key: object, what: string, make: () => T): T {
  const entries = world.cache.get(key) ?? new Map<string, unknown>();
  if (entries.size === 0) world.cache.set(key, entries);
  const value = entries.get(what) ?? make();
  entries.set(what, value);
  return value as T;
}

/** Whether a selector selects an act; its operations, where it has any, are asked by `selectsOperation`. */
export function selects(world: World, selector: Selector, act: Act, reading: Reading): boolean {
  return (
    selectsPurpose(world, selector.purposes, act.purpose, reading) &&
    selectsChannel(world, selector.channels, act.channel, reading) &&
    selectsRecipients(world, selector.recipients, act.recipients, reading) &&
    selectsData(world, selector, act, reading)
  );
}
