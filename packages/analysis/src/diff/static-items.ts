import {
  canonical,
  type Exception,
  type ImpliedDenial,
  impliedDenials,
  type Operation,
  opposite,
  type Reading,
  type Rule,
  type Selector,
  selectsOperation,
} from "@scruple/model";
import type { PlaceSet, PlaceSets } from "./static-places.ts";

/** What a rule, an exception or an implied denial selects in each dimension. Exceptions follow what they are exceptions to. */
export interface Item {
  /** Of the rule that it belongs to. */
  readonly path: string;
  /** A rule or an implied denial, no exception. */
  readonly isRule: boolean;
  readonly interaction: string | null;
  readonly reading: Reading;
  selectsOperation(operation: Operation): boolean;
  readonly purposes: PlaceSet;
  readonly channels: PlaceSet;
  readonly reached: PlaceSet;
  /** By DATA, and where its level fits as well; null for an implied denial, which has `denied`. */
  readonly data: { readonly selected: PlaceSet; readonly fits: PlaceSet } | null;
  readonly with: { readonly selected: PlaceSet; readonly fits: PlaceSet } | null;
  denied(operation: Operation): PlaceSet | null;
  readonly outboundOnly: boolean;
}

/** A rule that allows, whatever its exceptions say. */
export function isAllow({ isRule, reading }: Item): boolean {
  return isRule && reading === "narrow";
}

/** The items of one rule. */
export interface ItemTree {
  readonly path: string;
  readonly interaction: string | null;
  /** What it says that bears on decisions, whatever it selects. Two trees with the same one decide alike where they select alike. */
  readonly content: string;
  /** Made when they are asked for: most rules of two revisions are the same, and then nobody asks. */
  items(): readonly Item[];
}

export function itemTrees(sets: PlaceSets): readonly ItemTree[] {
  const { world } = sets;
  return [
    ...world.model.rules.map((rule) => treeOfRule(sets, rule)),
    ...impliedDenials(world).map((denial) => treeOfDenial(sets, denial)),
  ];
}

/** Whether an item selects a place of a pair with another; of both, whichever way round fits. */
export function selectsPair({ data, with: joined, reading, denied }: Item, one: number, other: number): boolean {
  if (data === null) {
    const set = denied("combine")!;
    return set[one] === 1 || set[other] === 1;
  }
  const both = (a: boolean, b: boolean) => (reading === "narrow" ? a && b : a || b);
  if (joined === null) return both(data.fits[one] === 1, data.fits[other] === 1);
  const assigned = (x: number, y: number) =>
    data.selected[x] === 1 && joined.selected[y] === 1 && both(data.fits[x] === 1, joined.fits[y] === 1);
  return assigned(one, other) || assigned(other, one);
}

/** Whether an item selects data that is alone. */
export function selectsPlace({ data, with: joined, denied }: Item, operation: Operation, place: number): boolean {
  if (data === null) return denied(operation)![place] === 1;
  return joined === null && data.fits[place] === 1;
}

function treeOfRule(sets: PlaceSets, rule: Rule): ItemTree {
  const { path, interaction } = rule;
  return { path, interaction, content: contentOfRule(rule), items: remembered(() => itemsOfRule(sets, rule)) };
}

function remembered<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function itemsOfRule(sets: PlaceSets, rule: Rule): readonly Item[] {
  const reading: Reading = rule.effect === "allow" ? "narrow" : "wide";
  const { path, interaction } = rule;
  const root: Item = {
    ...{ path, interaction, outboundOnly: false, denied: () => null },
    ...selected(sets, rule, reading),
    isRule: true,
    selectsOperation: (operation) => selectsOperation(rule.operations, operation, reading),
  };
  const exceptions = (list: readonly Exception[], turned: Reading): readonly Item[] =>
    list.flatMap((exception) => [
      { ...root, ...selected(sets, exception, turned), isRule: false },
      ...exceptions(exception.exceptions, opposite(turned)),
    ]);
  return [root, ...exceptions(rule.exceptions, opposite(reading))];
}

/** Most rules have no exceptions, and with them nothing inside that says where it stands: plain JSON is as good then, and faster. */
function contentOfRule(rule: Rule): string {
  const { effect, operations, basis, when, unless, until, limit, duties, exceptions } = rule;
  const selectors = [rule.data, rule.with, rule.purposes, rule.channels, rule.recipients, rule.level];
  const said = [effect, operations, selectors, basis, when, unless, until, limit, duties];
  return exceptions.length === 0 ? JSON.stringify(said) : canonical([said, exceptions], asides);
}
const asides: ReadonlySet<string> = new Set(["at"]);

function selected(sets: PlaceSets, selector: Selector, reading: Reading) {
  const fields = (refs: Selector["data"]) => ({
    selected: sets.data(refs, null, reading),
    fits: sets.data(refs, selector.level, reading),
  });
  return {
    reading,
    purposes: sets.purposes(selector.purposes, reading),
    channels: sets.channels(selector.channels, reading),
    reached: sets.reached(selector.recipients, reading),
    data: fields(selector.data),
    with: selector.with === null ? null : fields(selector.with),
  };
}

function treeOfDenial(sets: PlaceSets, denial: ImpliedDenial): ItemTree {
  const { path, kind, operations, outboundOnly } = denial;
  const item = (): Item => {
    const denied = new Map(operations.map((operation) => [operation, sets.denied(denial, operation)]));
    return {
      ...{ path, interaction: null, isRule: true, reading: "wide", outboundOnly },
      selectsOperation: (operation) => denied.has(operation),
      purposes: sets.purposesBut(denial),
      channels: sets.channelsOf(denial),
      reached: sets.reached(null, "wide"),
      data: null,
      with: null,
      denied: (operation) => denied.get(operation) ?? null,
    };
  };
  return { path, interaction: null, content: contentOf(sets, denial, kind), items: remembered(() => [item()]) };
}

/** What its declaration says beyond what the denial selects. */
function contentOf({ world }: PlaceSets, { path, quiet }: ImpliedDenial, kind: ImpliedDenial["kind"]): string {
  if (kind === "quiet") return canonical({ kind, from: quiet?.from, to: quiet?.to });
  const name = path.slice(path.indexOf("/") + 1, path.lastIndexOf("."));
  const source = world.model.sources.find(
    ({ id }) => id.endsWith(`.${name}`) && pathFits(world.model.policy, id, path),
  );
  return canonical({
    kind,
    keep: source?.keep?.atMost,
    consentFor: source?.consentFor,
    derivedFrom: source?.derivedFrom,
  });
}
function pathFits(own: string, id: string, path: string): boolean {
  const policy = id.slice(0, id.lastIndexOf("."));
  return path.includes("/") ? path.startsWith(`${policy}/`) : policy === own;
}
