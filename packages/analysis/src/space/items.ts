import {
  basisCondition,
  type Exception,
  type Expr,
  type Id,
  type ImpliedDenial,
  type Operation,
  operations,
  opposite,
  pieceAges,
  plainAct,
  type Reading,
  type Rule,
  type Selector,
  selectsOperation,
} from "@scruple/model";

/** A rule, denials that declarations imply, or an exception: what it says statically, and how it is read. */
export interface Item {
  readonly selector: Selector;
  readonly reading: Reading;
  readonly exceptions: readonly Item[];
  /** What it says of facts by itself, without its exceptions. */
  readonly says: readonly Expr[];
  /** What declarations imply, where it is no rule: denials that say the same of different sources or channels are one item. */
  readonly implied: readonly ImpliedDenial[] | null;
}

/** A rule or an implied denial with its exceptions. */
export interface RuleItem extends Item {
  /** Of the rule, or of the first of the implied denials. */
  readonly path: string;
  /** The rule as written; null for an implied denial. */
  readonly rule: Rule | null;
  readonly operations: ReadonlySet<Operation>;
  /** What it and its exceptions say of facts. */
  readonly expressions: readonly Expr[];
}

const everything: Selector = {
  data: null,
  with: null,
  purposes: null,
  channels: null,
  recipients: null,
  level: null,
};

/** Gives one list for all that are equal. */
export type SameList = (ids: readonly Id[] | null) => readonly Id[] | null;

export function itemOfRule(rule: Rule, same: SameList): RuleItem {
  const reading: Reading = rule.effect === "allow" ? "narrow" : "wide";
  const { selector, exceptions, says: conditions } = itemOf(rule, reading, same);
  const says = [...basisCondition(rule.basis), ...notAfter(rule.until), ...conditions];
  return {
    selector,
    reading,
    exceptions,
    says,
    implied: null,
    path: rule.path,
    rule,
    operations: new Set(operations.filter((operation) => selectsOperation(rule.operations, operation, reading))),
    expressions: exceptions.length === 0 ? says : [...says, ...exceptions.flatMap(allOf)],
  };
}

function itemOf(exception: Omit<Exception, "at">, reading: Reading, same: SameList): Item {
  const { data, with: joined, level, purposes, channels, recipients, when, unless, exceptions } = exception;
  return {
    selector: {
      data,
      with: joined,
      level,
      purposes: same(purposes),
      channels: same(channels),
      recipients: same(recipients),
    },
    reading,
    exceptions: exceptions.map((one) => itemOf(one, opposite(reading), same)),
    says: present(when, unless),
    implied: null,
  };
}

/** `infer` stands apart, since what is inferred is kept as long as what it is made from. */
export function itemsOfDenials(denials: readonly ImpliedDenial[]): readonly RuleItem[] {
  const alike = new Map<string, { readonly denials: ImpliedDenial[]; readonly operations: readonly Operation[] }>();
  for (const denial of denials) {
    const { kind, outboundOnly, exceptPurposes } = denial;
    for (const isInferred of kind === "keep" ? [false, true] : [null]) {
      const some = denial.operations.filter((one) => isInferred === null || (one === "infer") === isInferred);
      const says = [kind, outboundOnly, denial.condition(plainAct), [...exceptPurposes].sort(), some];
      const content = JSON.stringify(kind === "quiet" ? [...says, [...denial.channels!].sort()] : says);
      const known = alike.get(content);
      if (known === undefined) alike.set(content, { denials: [denial], operations: some });
      else known.denials.push(denial);
    }
  }
  return [...alike.values()].map(({ denials: implied, operations: some }) => {
    const says = whatever(implied[0]!.condition(plainAct));
    return {
      selector: everything,
      reading: "wide",
      exceptions: [],
      implied,
      rule: null,
      says,
      expressions: says,
      path: implied[0]!.path,
      operations: new Set(some),
    };
  });
}

function allOf({ says, exceptions }: Item): readonly Expr[] {
  return [...says, ...exceptions.flatMap(allOf)];
}

export function notAfter(date: string | null): readonly Expr[] {
  return date === null ? [] : [{ op: "compare", operator: "<=", fact: "today", value: date }];
}

export function present(...list: readonly (Expr | null)[]): readonly Expr[] {
  return list.filter((one) => one !== null);
}

/** Whichever piece of a pair the age is asked of. */
function whatever(condition: Expr): readonly Expr[] {
  if (condition.op !== "compare" || condition.fact !== "data.age") return [condition];
  return [condition, ...Object.values(pieceAges).map((fact) => ({ ...condition, fact }))];
}
