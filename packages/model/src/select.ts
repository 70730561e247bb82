import { covered, overlapping, within } from "./hierarchy.ts";
import type { DataRef, Id, Operation, Selector, Source } from "./model.ts";
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
  return cached(world, named, keys[dimension][reading], () => select(world[dimension], named)).has(id);
}

/** What is remembered of a list, under texts that are made once: to put two together each time takes longer than to look up. */
const keys = {
  purposes: { narrow: "purposes narrow", wide: "purposes wide" },
  channels: { narrow: "channels narrow", wide: "channels wide" },
  recipients: { narrow: "recipients narrow", wide: "recipients wide" },
  data: { narrow: "data narrow", wide: "data wide" },
} as const;

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
  return cached(world, refs, keys.data[reading], () =>
    reading === "narrow" ? { direct: narrowFields(world, refs), derived: none } : wideFields(world, refs),
  );
}
const none: ReadonlySet<Id> = new Set();

function narrowFields(world: World, refs: readonly DataRef[]): ReadonlySet<Id> {
  const named = namesIn(refs);
  const categories = narrowCategories(world, named);
  return fieldsAmong(world, named, categories, ({ field, source, special }) => {
    const byOrigin = !special && (named.any || named.sources.has(source.id));
    return named.fields.has(field.id) || byOrigin || field.categories.every((category) => categories.has(category));
  });
}

/** A special category whose parents are all plain is covered by its own name or by `special`, never through them. */
function narrowCategories(world: World, named: Names): ReadonlySet<Id> {
  if (named.categories.size === 0 && !named.special) return none;
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
  const categories = named.categories.size === 0 ? none : within(world.categories, [...named.categories]);
  const direct = fieldsAmong(world, named, categories, ({ field, source, special }) => {
    const byName = named.any || named.fields.has(field.id) || named.sources.has(source.id);
    return byName || (named.special && special) || field.categories.some((category) => categories.has(category));
  });
  const derived = new Set<Id>();
  const derivedSources = new Set<Id>();
  for (const source of layoutOf(world).derived) {
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

/** The fields that are selected, in the order of the model. Only those that have something to do with the names are asked. */
function fieldsAmong(
  world: World,
  named: Names,
  categories: ReadonlySet<Id>,
  isSelected: (info: FieldInfo) => boolean,
): ReadonlySet<Id> {
  const { fields, numbers, byCategory, special, plain } = layoutOf(world);
  const candidates = new Set<number>(plain);
  const add = (id: Id) => candidates.add(numbers.get(id) as number);
  for (const id of named.fields) if (numbers.has(id)) add(id);
  for (const id of named.sources) for (const field of world.sources.get(id)?.fields ?? []) add(field.id);
  for (const id of categories) for (const number of byCategory.get(id) ?? []) candidates.add(number);
  if (named.special) for (const number of special) candidates.add(number);
  const all = named.any ? fields.keys() : [...candidates].sort((a, b) => a - b);
  const selected = new Set<Id>();
  for (const number of all) {
    const info = fields[number] as FieldInfo;
    if (isSelected(info)) selected.add(info.field.id);
  }
  return selected;
}

/** The fields of a world by their numbers, and which of them have what. */
interface Layout {
  readonly fields: readonly FieldInfo[];
  readonly numbers: ReadonlyMap<Id, number>;
  readonly byCategory: ReadonlyMap<Id, readonly number[]>;
  readonly special: readonly number[];
  /** Those without any category. */
  readonly plain: readonly number[];
  /** Sources that are derived from something, after those that they are derived from. */
  readonly derived: readonly Source[];
}

function layoutOf(world: World): Layout {
  return cached(world, world, "layout", () => {
    const fields = [...world.fields.values()];
    const numbersOf = (is: (info: FieldInfo) => boolean) =>
      [...fields.keys()].filter((at) => is(fields[at] as FieldInfo));
    const byCategory = new Map<Id, number[]>();
    for (const [number, { field }] of fields.entries())
      for (const id of field.categories) {
        const list = byCategory.get(id);
        if (list === undefined) byCategory.set(id, [number]);
        else list.push(number);
      }
    return {
      ...{ fields, byCategory },
      numbers: new Map(fields.map(({ field }, number) => [field.id, number])),
      special: numbersOf((info) => info.special),
      plain: numbersOf(({ field }) => field.categories.length === 0),
      derived: [...world.sources.values()].filter(({ derivedFrom }) => derivedFrom.length > 0),
    };
  });
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
  const known = entries.get(what);
  if (known !== undefined) return known as T;
  const value = make();
  entries.set(what, value);
  return value;
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
