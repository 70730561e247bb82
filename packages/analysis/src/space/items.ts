import {
  type Bearing,
  type DataRef,
  type Exception,
  type ImpliedDenial,
  type Operation,
  opposite,
  type Reading,
  type Rule,
  type Selector,
  selectsOperation,
} from "@scruple/model";

/** A rule, a denial that a declaration implies, or an exception: what it says statically, and how it is read. */
export interface Item {
  readonly selector: Selector;
  readonly reading: Reading;
  readonly exceptions: readonly Item[];
}

/** A rule or an implied denial with its exceptions. */
export interface RuleItem extends Item {
  readonly bearing: Bearing;
  /** The rule as written; null for an implied denial. */
  readonly rule: Rule | null;
  readonly implied: ImpliedDenial | null;
  selectsOperation(operation: Operation): boolean;
}

const everything: Selector = {
  ...{ data: null, with: null, purposes: null },
  ...{ channels: null, recipients: null, level: null },
};

/** Equal lists of data are one object, so that what they select is worked out once. */
export class Lists {
  private readonly lists = new Map<string, readonly DataRef[]>();

  of(refs: readonly DataRef[] | null): readonly DataRef[] | null {
    if (refs === null) return null;
    const key = refs.map((ref) => ("id" in ref ? `${ref.kind} ${ref.id}` : ref.kind)).join();
    const known = this.lists.get(key);
    if (known === undefined) this.lists.set(key, refs);
    return known ?? refs;
  }
}

export function itemOfRule(lists: Lists, bearing: Bearing, rule: Rule): RuleItem {
  const reading: Reading = rule.effect === "allow" ? "narrow" : "wide";
  return {
    ...itemOf(lists, rule, reading, rule.exceptions),
    ...{ bearing, rule, implied: null },
    selectsOperation: (operation) => selectsOperation(rule.operations, operation, reading),
  };
}

export function itemOfDenial(bearing: Bearing, implied: ImpliedDenial): RuleItem {
  return {
    ...{ selector: everything, reading: "wide", exceptions: [], bearing, rule: null, implied },
    selectsOperation: (operation) => implied.operations.includes(operation),
  };
}

function itemOf(lists: Lists, selector: Selector, reading: Reading, exceptions: readonly Exception[]): Item {
  const { purposes, channels, recipients, level } = selector;
  return {
    selector: { purposes, channels, recipients, level, data: lists.of(selector.data), with: lists.of(selector.with) },
    reading,
    exceptions: exceptions.map((one) => itemOf(lists, one, opposite(reading), one.exceptions)),
  };
}
