import {
  type Basis,
  type DutyCall,
  type Exception,
  type Limit,
  type Operation,
  operations,
  type Rule,
  type Value,
} from "@scruple/model";
import * as syntax from "@scruple/syntax";
import { pathText } from "../binder/spelling.ts";
import type { RuleSymbol } from "../binder/symbols.ts";
import { lowerConditions, lowerData, lowerSelectors } from "./data.ts";
import type { Lowering } from "./lowering.ts";

const secondsOf: Readonly<Record<syntax.DurationUnit, number>> = {
  second: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
  month: 2_592_000,
  year: 31_536_000,
};

/** A rule. Its keys are written out: objects of that size that are spread together take several times as long to make. */
export function lowerRule(lowering: Lowering, symbol: RuleSymbol): Rule {
  const { node, policy, interaction } = symbol;
  const { clauses } = node;
  const described = lowering.described(node);
  const selectors = lowerSelectors(lowering, clauses);
  const conditions = lowerConditions(lowering, clauses);
  return {
    doc: described.doc,
    annotations: described.annotations,
    at: described.at,
    path: policy === lowering.policy ? symbol.id : `${policy}/${symbol.id}`,
    policy,
    interaction: interaction?.id ?? null,
    effect: node.effect,
    operations: lowerOperations(node.operations),
    data: lowerData(lowering, node.data),
    with: selectors.with,
    purposes: selectors.purposes,
    channels: selectors.channels,
    recipients: selectors.recipients,
    level: selectors.level,
    basis: lowerBasis(lowering, syntax.clauseOf(clauses, "under")),
    when: conditions.when,
    unless: conditions.unless,
    until: dateOf(syntax.clauseOf(clauses, "until")?.date),
    limit: lowerLimit(syntax.clauseOf(clauses, "after")),
    duties: lowerDuties(lowering, syntax.clauseOf(clauses, "then")?.duties ?? []),
    told: textOf(syntax.clauseOf(clauses, "told")?.text),
    because: textOf(syntax.clauseOf(clauses, "because")?.text),
    exceptions: lowerExceptions(lowering, clauses),
  };
}

/** Operations written out, sorted, each once. */
export function lowerOperations(words: readonly syntax.OperationWord[]): Operation[] {
  const found = new Set<Operation>();
  for (const { word } of words) {
    if (word === "process") for (const operation of operations) found.add(operation);
    else if (word !== "") found.add(word);
  }
  return [...found].sort();
}

function lowerBasis(lowering: Lowering, clause: syntax.ClauseOf<"under"> | undefined): Basis | null {
  if (!clause || clause.basis === "") return null;
  const { basis, purpose } = clause;
  return {
    kind: basis,
    purpose: purpose && lowering.id(purpose),
    text: purpose ? `${basis} for ${pathText(purpose)}` : basis,
  };
}

function lowerLimit(clause: syntax.ClauseOf<"after"> | undefined): Limit | null {
  if (!clause || clause.unit === "") return null;
  return {
    count: clause.count,
    per: clause.every * secondsOf[clause.unit],
    by: clause.perChannel ? "subject+channel" : "subject",
  };
}

/** Duties sorted by name and arguments, each once. */
export function lowerDuties(lowering: Lowering, calls: readonly syntax.DutyCall[]): DutyCall[] {
  const found = new Map<string, DutyCall>();
  for (const call of calls) {
    const duty = lowering.id(call.duty);
    const prefix = `${lowering.policy}.`;
    const own = lowering.meaning(call.duty);
    const bare = own !== null && typeof own !== "string" && own.policy === lowering.policy;
    const name = bare ? duty.slice(prefix.length) : duty;
    const entries = call.args
      .map((argument): [string, Value] => [argument.name.text, lowering.check.values.get(argument)!])
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const lowered = { duty, name, arguments: Object.fromEntries(entries) };
    found.set(`${name} ${JSON.stringify(entries)}`, lowered);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, lowered]) => lowered);
}

// Nesting of exceptions is bounded by the parser.
function lowerExceptions(lowering: Lowering, clauses: readonly syntax.Clause[]): Exception[] {
  return (syntax.clauseOf(clauses, "except")?.exceptions ?? []).map((node) => ({
    data: node.data.length > 0 ? lowerData(lowering, node.data) : null,
    ...lowerSelectors(lowering, node.clauses),
    ...lowerConditions(lowering, node.clauses),
    exceptions: lowerExceptions(lowering, node.clauses),
    at: lowering.position(node),
  }));
}

export function dateOf(node: syntax.DateLiteral | syntax.Missing | null | undefined): string | null {
  return node?.kind === "date" ? node.value : null;
}

export function textOf(node: syntax.StringLiteral | syntax.Missing | undefined): string | null {
  return node?.kind === "string" ? node.value : null;
}
