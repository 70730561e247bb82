import {
  type Act,
  type Bearing,
  basisCondition,
  type DataRef,
  type Exception,
  type Expr,
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
  /** What it says of facts, its exceptions apart. */
  readonly expressions: readonly Expr[];
  readonly exceptions: readonly Item[];
}

/** A rule or an implied denial with its exceptions. */
export interface RuleItem extends Item {
  readonly bearing: Bearing;
  /** The rule as written; null for an implied denial. */
  readonly rule: Rule | null;
  readonly implied: ImpliedDenial | null;
  /** Implied denials that say the same of different sources or channels are told apart by nothing. */
  readonly content: string;
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
    ...itemOf(lists, rule, reading, basisCondition(rule.basis)),
    ...{ bearing, rule, implied: null, content: bearing.path },
    selectsOperation: (operation) => selectsOperation(rule.operations, operation, reading),
  };
}

export function itemOfDenial(bearing: Bearing, implied: ImpliedDenial): RuleItem {
  const { kind, exceptPurposes, operations } = implied;
  const condition = JSON.stringify(implied.condition(nothing));
  const content = `${kind} ${condition} ${[...exceptPurposes].sort()} ${operations}`;
  return {
    ...{
      selector: everything,
      reading: "wide",
      expressions: [implied.condition(nothing)],
      exceptions: [],
      bearing,
      rule: null,
      implied,
      content,
    },
    selectsOperation: (operation) => implied.operations.includes(operation),
  };
}

type Said = Selector & Pick<Exception, "when" | "unless" | "exceptions">;

function itemOf(lists: Lists, selector: Said, reading: Reading, basis: readonly Expr[]): Item {
  const { purposes, channels, recipients, level, when, unless } = selector;
  return {
    selector: { purposes, channels, recipients, level, data: lists.of(selector.data), with: lists.of(selector.with) },
    reading,
    expressions: [...[when, unless].filter((one) => one !== null), ...basis],
    exceptions: selector.exceptions.map((one) => itemOf(lists, one, opposite(reading), [])),
  };
}

/** An act that is not `combine`, to ask an implied denial for its condition: nothing else in it bears on that. */
export const nothing: Act = {
  ...{ interaction: "", operation: "use", field: "", with: null, purpose: "", channel: "" },
  ...{ recipients: [], level: null },
};
