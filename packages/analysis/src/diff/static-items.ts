import {
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
import { type Bits, has, meets } from "../bits.ts";
import { once } from "../remembered.ts";
import { isSameContent } from "./same-content.ts";
import type { PlaceSets } from "./static-places.ts";

/** What a rule, an exception or an implied denial selects in each dimension. Exceptions follow what they are exceptions to. */
export interface Item {
  /** A rule or an implied denial, no exception. */
  readonly isRule: boolean;
  /** Of an exception, the place among its rule's items of what it is an exception to: where that does not select, it says nothing. */
  readonly exceptionTo: number;
  readonly reading: Reading;
  readonly purposes: Bits;
  readonly routes: Bits;
  /** By DATA, and where its level fits as well; null for an implied denial, which has `denied`. */
  readonly data: DataBits | null;
  readonly with: DataBits | null;
  /** Null where it does not select the operation. */
  denied(operation: Operation): Bits | null;
}
export interface DataBits {
  readonly selected: Bits;
  readonly fits: Bits;
}

/** A rule that allows, whatever its exceptions say. */
export function isAllow({ isRule, reading }: Item): boolean {
  return isRule && reading === "narrow";
}

/** The items of one rule, itself first. */
export interface ItemTree {
  readonly path: string;
  readonly interaction: string | null;
  readonly outboundOnly: boolean;
  /**
   * Of a denial of data that is too old, how old: all with the same deny alike what is alone. Of a pair its condition is about the
   * age of a piece, and not only about which of its exceptions select it. Null for all others.
   */
  readonly keeps: number | null;
  selectsOperation(operation: Operation): boolean;
  /** Made when they are asked for: most rules of two revisions are the same, and then nobody asks. */
  items(): readonly Item[];
  /** What it says that bears on decisions, whatever it selects. Two trees that say the same decide alike where they select alike. */
  readonly content: unknown;
  /** Of that, what it selects by: two trees of one vocabulary that have the same select alike. */
  readonly selectors: unknown;
}

export function saySame(one: ItemTree, other: ItemTree): boolean {
  return isSameContent(one.content, other.content);
}
export function selectBySame(one: ItemTree, other: ItemTree): boolean {
  return isSameContent(one.selectors, other.selectors);
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
    const set = denied("combine");
    return set !== null && (has(set, one) || has(set, other));
  }
  const both = (a: boolean, b: boolean) => (reading === "narrow" ? a && b : a || b);
  if (joined === null) return both(has(data.fits, one), has(data.fits, other));
  const assigned = (x: number, y: number) =>
    has(data.selected, x) && has(joined.selected, y) && both(has(data.fits, x), has(joined.fits, y));
  return assigned(one, other) || assigned(other, one);
}

/** The data that an item selects when it stands alone; null for none. */
export function selectedAlone({ data, with: joined, denied }: Item, operation: Operation): Bits | null {
  if (data === null) return denied(operation);
  return joined === null ? data.fits : null;
}

/** All data that an item has anything to do with, alone or in a pair. */
export function dataOf(item: Item, operation: Operation): readonly Bits[] {
  if (operation !== "combine" || item.data === null)
    return [selectedAlone(item, operation)].filter((bits) => bits !== null);
  return [item.data, item.with].flatMap((one) => (one === null ? [] : [one.selected, one.fits]));
}
export function meetsData(item: Item, operation: Operation, area: Bits): boolean {
  if (operation === "combine") return dataOf(item, operation).some((bits) => meets(bits, area));
  const bits = selectedAlone(item, operation);
  return bits !== null && meets(bits, area);
}

function treeOfRule(sets: PlaceSets, rule: Rule): ItemTree {
  const { path, interaction, effect, operations, basis, when, unless, until, limit, duties, exceptions } = rule;
  const reading = readingOf(rule);
  return {
    path,
    interaction,
    outboundOnly: false,
    keeps: null,
    selectsOperation: (operation) => selectsOperation(operations, operation, reading),
    items: once(() => itemsOfRule(sets, rule)),
    content: [effect, operations, ownSelectors(rule), basis, when, unless, until, limit, duties, exceptions],
    selectors: [effect, operations, selectorsOf(rule)],
  };
}

function ownSelectors({ data, with: joined, purposes, channels, recipients, level }: Selector): readonly unknown[] {
  return [data, joined, purposes, channels, recipients, level];
}
function selectorsOf(rule: Rule | Exception): readonly unknown[] {
  return [ownSelectors(rule), rule.exceptions.map(selectorsOf)];
}

function readingOf({ effect }: Rule): Reading {
  return effect === "allow" ? "narrow" : "wide";
}

function itemsOfRule(sets: PlaceSets, rule: Rule): readonly Item[] {
  const reading = readingOf(rule);
  const items: Item[] = [itemOf(sets, rule, reading, null)];
  const add = (exceptions: readonly Exception[], turned: Reading, exceptionTo: number) => {
    for (const exception of exceptions) {
      const index = items.push(itemOf(sets, exception, turned, exceptionTo)) - 1;
      add(exception.exceptions, opposite(turned), index);
    }
  };
  add(rule.exceptions, opposite(reading), 0);
  return items;
}

const nothing = () => null;

function itemOf(sets: PlaceSets, selector: Selector, reading: Reading, exceptionTo: number | null): Item {
  const { level } = selector;
  const fields = (refs: Selector["data"]): DataBits => {
    const all = sets.data(refs, null, reading);
    return { selected: all, fits: level === null ? all : sets.data(refs, level, reading) };
  };
  return {
    isRule: exceptionTo === null,
    exceptionTo: exceptionTo ?? 0,
    reading,
    purposes: sets.purposes(selector.purposes, reading),
    routes: sets.routes(selector.channels, selector.recipients, reading),
    data: fields(selector.data),
    with: selector.with === null ? null : fields(selector.with),
    denied: nothing,
  };
}

function treeOfDenial(sets: PlaceSets, denial: ImpliedDenial): ItemTree {
  const { path, kind, quiet, operations, outboundOnly } = denial;
  const source = kind === "quiet" ? undefined : sets.world.model.sources.find(({ at }) => at === denial.at);
  const selectsOne = (operation: Operation) => operations.includes(operation);
  const item = (): Item => ({
    isRule: true,
    exceptionTo: 0,
    reading: "wide",
    purposes: sets.purposesBut(denial),
    routes: sets.routesOf(denial),
    data: null,
    with: null,
    denied: (operation) => (selectsOne(operation) ? sets.denied(denial, operation) : null),
  });
  return {
    path,
    interaction: null,
    outboundOnly,
    selectsOperation: selectsOne,
    keeps: kind === "keep" ? (source?.keep?.atMost ?? null) : null,
    items: once(() => [item()]),
    selectors: kind,
    content: {
      quiet: [kind, quiet?.from, quiet?.to],
      keep: [kind, source?.keep?.atMost, source?.derivedFrom],
      consent: [kind, source?.consentFor],
    }[kind],
  };
}
