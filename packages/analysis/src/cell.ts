import type { Bearing, Expr } from "@scruple/model";
import type { Context } from "./context.ts";
import type { Diagrams } from "./diagrams.ts";
import type { Node } from "./node-store.ts";
import { TooLargeError } from "./too-large-error.ts";

/** A rule that selects an act, or a denial that a declaration implies, with what is then its condition. */
export interface CellRule {
  readonly rule: Pick<Bearing, "path" | "effect" | "limit" | "duties">;
  /** Parts that all have to hold. */
  readonly condition: readonly Expr[];
}

/** One of the rules of a cell. Its diagrams are over facts; all but `condition` have two values. */
export interface RuleDiagrams {
  readonly rule: CellRule["rule"];
  /** False, unknown or true. */
  readonly condition: Node;
  /** An allow: where it is true. A denial: where it is not false; a denial with a limit too, though it does not deny. */
  readonly applies: Node;
}

/** How an act is decided, as a function of the facts. */
export interface CellDecision {
  readonly rules: readonly RuleDiagrams[];
  readonly allowed: Node;
  readonly denied: Node;
  /** Some allow applies, whatever is denied. */
  readonly permitted: Node;
  /** Some denial applies, whatever is allowed. */
  readonly forbidden: Node;
}

/**
 * What the rules that select an act decide, on one occasion.
 *
 * @throws TooLargeError that names the rules with the largest conditions
 */
export function decideCell(context: Context, rules: readonly CellRule[]): CellDecision {
  const { diagrams } = context.space;
  const made: RuleDiagrams[] = [];
  try {
    for (const { rule, condition } of rules) made.push(ruleDiagrams(context, rule, condition));
    return decisionOf(diagrams, made);
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    throw tooLarge(diagrams, made, rules[made.length]?.rule.path ?? null, error);
  }
}

export function ruleDiagrams(context: Context, rule: CellRule["rule"], parts: readonly Expr[]): RuleDiagrams {
  const { diagrams } = context.space;
  const condition = context.condition(parts);
  const applies = rule.effect === "allow" ? diagrams.isTrue(condition) : diagrams.isNotFalse(condition);
  return { rule, condition, applies };
}

/** What rules decide together. */
export function decisionOf(diagrams: Diagrams, rules: readonly RuleDiagrams[]): CellDecision {
  const [allows, denials]: [Node[], Node[]] = [[], []];
  for (const one of rules) {
    if (isAllow(one)) allows.push(one.applies);
    else if (isDenial(one)) denials.push(one.applies);
  }
  const permitted = diagrams.any(allows);
  const forbidden = diagrams.any(denials);
  const allowed = diagrams.and(permitted, diagrams.not(forbidden));
  return { rules, allowed, denied: diagrams.not(allowed), permitted, forbidden };
}

export function isAllow({ rule }: RuleDiagrams): boolean {
  return rule.effect === "allow";
}
/** One that denies by itself. */
export function isDenial({ rule }: RuleDiagrams): boolean {
  return rule.effect === "deny" && rule.limit === null;
}

/** An error that names the rule at which it became too much, then the others by the size of their conditions. */
export function tooLarge(
  diagrams: Diagrams,
  made: readonly RuleDiagrams[],
  last: string | null,
  { limit, what }: TooLargeError,
): TooLargeError {
  const sized = made.map(({ rule, condition }) => ({ path: rule.path, size: diagrams.size(condition) }));
  const others = sized.filter(({ size }) => size > 0).sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
  return new TooLargeError(limit, [...(last === null ? [] : [last]), ...others.map(({ path }) => path)], what);
}

// ------------------------------------------------------------------------------------------- what follows from a decision

/** Where a rule is among those that decide: an allow that applies to what is allowed, a denial that applies. */
export function whereDecides(diagrams: Diagrams, cell: CellDecision, index: number): Node {
  const { rule, applies } = cell.rules[index]!;
  if (rule.effect === "allow") return diagrams.and(applies, cell.allowed);
  return rule.limit === null ? applies : whereBinds(diagrams, cell, index);
}

/** Where what a rule asks for binds: its duties, or its limit. */
export function whereBinds(diagrams: Diagrams, cell: CellDecision, index: number): Node {
  return diagrams.and(diagrams.isNotFalse(cell.rules[index]!.condition), cell.allowed);
}

/** Each denial of the cell that sets a limit, with where that binds. */
export function limitsOf(
  diagrams: Diagrams,
  cell: CellDecision,
): readonly { readonly rule: CellRule["rule"]; readonly where: Node }[] {
  return cell.rules.flatMap(({ rule }, index) =>
    rule.limit === null ? [] : [{ rule, where: whereBinds(diagrams, cell, index) }],
  );
}
