import type { Model } from "@scruple/model";
import type { Bound } from "../bind-program.ts";
import { closureOf, usedBy } from "../binder/graph.ts";
import type { PolicyScope } from "../binder/scope.ts";
import type { MemberSymbol } from "../binder/symbols.ts";
import type { Unit } from "../unit.ts";
import { lowerMerged } from "./declarations.ts";
import { type LoweredFile, type LoweredList, lowerFile } from "./file.ts";
import { keepItems, keepList, mergeSorted } from "./keep.ts";
import { byKey, Lowering } from "./lowering.ts";

/** A model, and what each file has added to it. */
export interface LoweredModel {
  readonly model: Model;
  readonly pieces: ReadonlyMap<string, Piece>;
}
/** What a file has added; it holds for checks of this version, where the file has this place among those of the model. */
interface Piece {
  readonly version: object;
  readonly index: number;
  readonly lowered: LoweredFile;
}

const keys: { readonly [K in LoweredList]: (item: LoweredFile[K][number]) => string } = {
  categories: ({ id }) => id,
  sources: ({ id }) => id,
  purposes: ({ id }) => id,
  recipients: ({ id }) => id,
  channels: ({ id }) => id,
  conditions: ({ id }) => id,
  duties: ({ id }) => id,
  interactions: ({ id }) => id,
  rules: ({ path }) => path,
  promises: ({ policy, text }) => `${policy} ${text}`,
};

/** What lowers each file of the policies, by file. */
export function loweringsOf(
  bound: Bound,
  policy: string,
  closure: readonly PolicyScope[],
): ReadonlyMap<Unit, Lowering> {
  const units = closure.flatMap((used) => used.units);
  const places = new Map(filesOf(units).map((path, index) => [path, index]));
  return new Map(
    units.map((unit) => [unit, new Lowering(bound.checks.get(unit)!, bound.members, policy, places.get(unit.path)!)]),
  );
}

function filesOf(units: readonly Unit[]): readonly string[] {
  return units.map(({ path }) => path).sort();
}

/**
 * The decision model of a policy without errors, in pieces of work between which something else can be done. Whatever is as it
 * was in a model of before, positions included, is the same object: rules, declarations, whole lists, and the model itself.
 */
export function* lowerModel(
  bound: Bound,
  scope: PolicyScope,
  before: LoweredModel | undefined,
): Generator<void, LoweredModel> {
  const closure = closureOf(scope);
  const lowerings = loweringsOf(bound, scope.name, closure);
  const pieces = yield* lowerPieces(lowerings, scope.name, before?.pieces);
  const now = new Set([...pieces.values()].map(({ lowered }) => lowered));
  const then = new Set([...(before?.pieces.values() ?? [])].map(({ lowered }) => lowered));
  const added = [...now].filter((file) => !then.has(file));
  const gone = [...then].filter((file) => !now.has(file));
  const old = before?.model;
  const list = <K extends LoweredList>(name: K): readonly LoweredFile[K][number][] => {
    const itemsOf = (file: LoweredFile): readonly LoweredFile[K][number][] => file[name];
    return mergeSorted(old === undefined ? [] : old[name], gone.flatMap(itemsOf), added.flatMap(itemsOf), keys[name]);
  };
  const merged = (members: ReadonlyMap<string, readonly MemberSymbol[]>, name: "subject" | "facts") => {
    const made = [...members.values()].map((symbols) => lowerMerged(lowerings.get(symbols[0]!.unit)!, symbols));
    const sorted = made.sort(byKey((member) => member.name));
    return keepItems(sorted, old?.[name] ?? [], (member) => member.name);
  };
  const uses = usedBy(scope).map((used) => used.name);
  const model: Model = {
    format: "scruple.model",
    version: 1,
    policy: scope.name,
    uses: keepList(uses, old?.uses ?? []),
    files: keepList(filesOf([...lowerings.keys()]), old?.files ?? []),
    categories: list("categories"),
    sources: list("sources"),
    purposes: list("purposes"),
    recipients: list("recipients"),
    channels: list("channels"),
    subject: merged(bound.members.attributes(scope), "subject"),
    facts: merged(bound.members.facts(scope), "facts"),
    conditions: list("conditions"),
    duties: list("duties"),
    interactions: list("interactions"),
    rules: list("rules"),
    promises: keepList(
      [...pieces.values()].flatMap(({ lowered }) => lowered.promises),
      old?.promises ?? [],
    ),
  };
  const names = Object.keys(model) as (keyof Model)[];
  return { model: old !== undefined && names.every((name) => old[name] === model[name]) ? old : model, pieces };
}

function* lowerPieces(
  lowerings: ReadonlyMap<Unit, Lowering>,
  policy: string,
  before: ReadonlyMap<string, Piece> | undefined,
): Generator<void, ReadonlyMap<string, Piece>> {
  const pieces = new Map<string, Piece>();
  for (const [unit, lowering] of lowerings) {
    const key = `${unit.std} ${unit.path}`;
    const { version } = lowering.check;
    const { index } = lowering;
    const old = before?.get(key);
    const holds = old !== undefined && old.version === version && old.index === index;
    const lower = unit.policy === policy ? lowerFile : lowerUsed;
    pieces.set(key, holds ? old : { version, index, lowered: keepFile(lower(lowering), old?.lowered) });
    if (!holds) yield;
  }
  return pieces;
}

/** What files have added to policies that use theirs, by the version of their check and their place. */
const used = new WeakMap<Piece["version"], Map<number, LoweredFile>>();

/** Lowers a file of a used policy: it adds the same to all that use it, so they share it, and the memory that it takes. */
function lowerUsed(lowering: Lowering): LoweredFile {
  const { version } = lowering.check;
  const byIndex = used.get(version) ?? new Map<number, LoweredFile>();
  used.set(version, byIndex);
  const lowered = byIndex.get(lowering.index) ?? lowerFile(lowering);
  byIndex.set(lowering.index, lowered);
  return lowered;
}

/** The same as a file has added before, where it says the same. */
function keepFile(file: LoweredFile, before: LoweredFile | undefined): LoweredFile {
  if (before === undefined) return file;
  const list = <K extends LoweredList>(name: K): readonly LoweredFile[K][number][] =>
    keepItems<LoweredFile[K][number]>(file[name], before[name], keys[name]);
  const kept: LoweredFile = {
    categories: list("categories"),
    sources: list("sources"),
    purposes: list("purposes"),
    recipients: list("recipients"),
    channels: list("channels"),
    conditions: list("conditions"),
    duties: list("duties"),
    interactions: list("interactions"),
    rules: list("rules"),
    promises: list("promises"),
  };
  const names = Object.keys(kept) as LoweredList[];
  return names.every((name) => kept[name] === before[name]) ? before : kept;
}
