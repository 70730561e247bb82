import {
  type Attribute,
  type Bearing,
  bearings,
  type Condition,
  canonical,
  type Exception,
  type Expr,
  type FactName,
  type Id,
  indexModel,
  type Model,
  type Rule,
  type Type,
  type World,
} from "@scruple/model";
import { reachNotes } from "./reach.ts";

/** Two models, so that conditions of both can be asked in one space of facts. */
export interface Joined {
  /** As they stand, and with conditions that mean the same in `facts`. */
  readonly worlds: readonly [World, World];
  /** As they are declared. */
  readonly asDeclared: readonly [World, World];
  readonly bearings: readonly [ReadonlyMap<string, Bearing>, ReadonlyMap<string, Bearing>];
  /** A world for the facts, conditions and purposes of both. */
  readonly facts: World;
  /** A fact that nobody can know, by which conditions are made unknown; null where none needs it. */
  readonly never: FactName | null;
  /** What cannot be compared exactly, in sentences. */
  readonly notes: readonly string[];
}

const never = "nobody knows";

/**
 * Facts go by name. Where the types of one differ, a value that one model does not know is unknown to it, as it is in a
 * request; facts whose types have nothing in common are two facts.
 */
export function joinModels(base: Model, head: Model): Joined {
  const notes: string[] = [];
  const headFacts = factsOf(head);
  const rewrites = new Map<FactName, (atom: Expr) => Expr>();
  const extra: { subject: Attribute[]; facts: Attribute[] } = { subject: [], facts: [] };
  const widened = new Map<FactName, Type>();
  let isNeverAsked = false;
  for (const [fact, attribute] of factsOf(base)) {
    const other = headFacts.get(fact);
    if (other === undefined) {
      (fact.startsWith("subject.") ? extra.subject : extra.facts).push(attribute);
      continue;
    }
    if (canonical(attribute.type) === canonical(other.type)) continue;
    const both = union(attribute.type, other.type);
    if (both === null) {
      notes.push(
        `\`${fact}\` is of another type than before, so conditions on it are compared as if it were known to none of the two.`,
      );
      rewrites.set(fact, () => unknownExpr);
      isNeverAsked = true;
      continue;
    }
    widened.set(fact, both);
    rewrites.set(fact, (atom) => within(fact, attribute.type, both, atom));
    isNeverAsked = true;
  }
  const headRewrites = new Map<FactName, (atom: Expr) => Expr>();
  for (const [fact, both] of widened) {
    const { type } = headFacts.get(fact)!;
    headRewrites.set(fact, (atom) => within(fact, type, both, atom));
  }
  for (const fact of rewrites.keys()) if (!widened.has(fact)) headRewrites.set(fact, () => unknownExpr);

  const conditions = new Map(head.conditions.map((condition) => [condition.id, condition]));
  const renamed = renamedConditions(base, conditions, rewrites.size > 0);
  const before = rewritten(base, rewrites, renamed);
  const after = rewritten(head, headRewrites, new Map());
  const asDeclared = [indexModel(base), indexModel(head)] as const;
  const worlds = [
    before === base ? asDeclared[0] : indexModel(before),
    after === head ? asDeclared[1] : indexModel(after),
  ] as const;
  const attributes = (list: readonly Attribute[], more: readonly Attribute[], prefix: string) => [
    ...list.map((one) => ({ ...one, type: widened.get(prefix + one.name) ?? one.type })),
    ...more,
  ];
  const known = new Set(head.purposes.map(({ id }) => id));
  const asked = new Set(after.conditions.map(({ id }) => id));
  const facts: Model = {
    ...after,
    uses: [...new Set([...head.uses, ...base.uses])].sort(),
    purposes: [...head.purposes, ...base.purposes.filter(({ id }) => !known.has(id))],
    subject: attributes(head.subject, extra.subject, "subject."),
    facts: [
      ...attributes(head.facts, extra.facts, ""),
      ...(isNeverAsked ? [{ ...nowhere, name: never, type: { kind: "bool" } as const, optional: true }] : []),
    ],
    conditions: [...after.conditions, ...before.conditions.filter(({ id }) => !asked.has(id))],
  };
  const space = indexModel(facts);
  return {
    worlds,
    asDeclared,
    bearings: [byPath(worlds[0]), byPath(worlds[1])],
    facts: space,
    never: isNeverAsked ? never : null,
    notes: [...notes, ...reachNotes(worlds, space)],
  };
}

const nowhere = { doc: "", annotations: [], at: { file: 0, line: 1, column: 1, endLine: 1, endColumn: 1 } };
const unknownExpr: Expr = { op: "fact", fact: never };

function byPath(world: World): ReadonlyMap<string, Bearing> {
  return new Map(bearings(world).map((one) => [one.path, one]));
}

function factsOf(model: Model): ReadonlyMap<FactName, Attribute> {
  return new Map([
    ...model.subject.map((one) => [`subject.${one.name}`, one] as const),
    ...model.facts.map((one) => [one.name, one] as const),
  ]);
}

/** A type with the values of both; null where they have nothing to do with each other. */
function union(one: Type, other: Type): Type | null {
  if (one.kind === "int" && other.kind === "int") {
    const min = one.min === null || other.min === null ? null : Math.min(one.min, other.min);
    const max = one.max === null || other.max === null ? null : Math.max(one.max, other.max);
    return { kind: "int", min, max };
  }
  if ((one.kind === "oneOf" || one.kind === "set") && one.kind === other.kind)
    return { kind: one.kind, values: [...new Set([...one.values, ...(other as typeof one).values])].sort() };
  return null;
}

/** What a condition on a fact comes to where values outside its type are unknown. */
function within(fact: FactName, type: Type, both: Type, atom: Expr): Expr {
  if (canonical(type) === canonical(both)) return atom;
  const inside = insideOf(fact, type, both);
  return {
    op: "or",
    operands: [
      { op: "and", operands: [inside, atom] },
      { op: "and", operands: [{ op: "not", operand: inside }, unknownExpr] },
    ],
  };
}

function insideOf(fact: FactName, type: Type, both: Type): Expr {
  if (type.kind === "oneOf") return { op: "in", fact, values: type.values };
  if (type.kind === "set") {
    const others = (both as typeof type).values.filter((value) => !type.values.includes(value));
    return { op: "and", operands: others.map((value) => ({ op: "not", operand: { op: "contains", fact, value } })) };
  }
  const { min, max } = type as Extract<Type, { kind: "int" }>;
  const bounds: Expr[] = [];
  if (min !== null) bounds.push({ op: "compare", operator: ">=", fact, value: min });
  if (max !== null) bounds.push({ op: "compare", operator: "<=", fact, value: max });
  return { op: "and", operands: bounds };
}

// ------------------------------------------------------------------------------------------------------- conditions

/** Conditions of the first model that say something else in the second, or rest on one that does, under names of their own. */
function renamedConditions(base: Model, others: ReadonlyMap<Id, Condition>, all: boolean): ReadonlyMap<Id, Id> {
  const renamed = new Map<Id, Id>();
  const isOther = ({ id, expr }: Condition) => {
    const other = others.get(id);
    return (
      all ||
      (other !== undefined && canonical(other.expr) !== canonical(expr)) ||
      conditionsIn(expr).some((one) => renamed.has(one))
    );
  };
  for (let size = -1; size !== renamed.size; ) {
    size = renamed.size;
    for (const condition of base.conditions)
      if (isOther(condition)) renamed.set(condition.id, `${condition.id} before`);
  }
  return renamed;
}

function conditionsIn(expression: Expr): readonly Id[] {
  const found: Id[] = [];
  const waiting: Expr[] = [expression];
  for (let expr = waiting.pop(); expr !== undefined; expr = waiting.pop()) {
    if (expr.op === "condition") found.push(expr.condition);
    else if (expr.op === "not") waiting.push(expr.operand);
    else if (expr.op === "and" || expr.op === "or") waiting.push(...expr.operands);
  }
  return found;
}

type Rewrites = ReadonlyMap<FactName, (atom: Expr) => Expr>;

function rewritten(model: Model, rewrites: Rewrites, renamed: ReadonlyMap<Id, Id>): Model {
  if (rewrites.size === 0 && renamed.size === 0) return model;
  const expr = (one: Expr): Expr => rewrite(one, rewrites, renamed);
  const said = <T extends Pick<Exception, "when" | "unless" | "exceptions">>(part: T): T => ({
    ...part,
    when: part.when && expr(part.when),
    unless: part.unless && expr(part.unless),
    exceptions: part.exceptions.map(said),
  });
  return {
    ...model,
    rules: model.rules.map((rule): Rule => said(rule)),
    conditions: model.conditions.map((condition) => ({
      ...condition,
      id: renamed.get(condition.id) ?? condition.id,
      expr: expr(condition.expr),
    })),
  };
}

function rewrite(expr: Expr, rewrites: Rewrites, renamed: ReadonlyMap<Id, Id>): Expr {
  switch (expr.op) {
    case "and":
    case "or":
      return { ...expr, operands: expr.operands.map((one) => rewrite(one, rewrites, renamed)) };
    case "not":
      return { ...expr, operand: rewrite(expr.operand, rewrites, renamed) };
    case "condition":
      return { ...expr, condition: renamed.get(expr.condition) ?? expr.condition };
    case "compareFacts": {
      const left = rewrites.get(expr.left)?.(expr) ?? expr;
      return rewrites.get(expr.right)?.(left) ?? left;
    }
    default:
      return "fact" in expr ? (rewrites.get(expr.fact)?.(expr) ?? expr) : expr;
  }
}
