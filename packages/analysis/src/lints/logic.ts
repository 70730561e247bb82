import { bearingOfRule, type Exception, type Expr, type Id, lastPart, type Rule, type World } from "@scruple/model";
import { allowedWithout, whereBinds, whereDecides } from "../cell.ts";
import { FALSE, type Node } from "../node-store.ts";
import { constantOverKnownFacts } from "../questions.ts";
import type { DecidedCell, DecisionSpace } from "../space/decision-space.ts";
import { exampleOf } from "./example.ts";
import type { LintFinding, Place } from "./finding.ts";

/** What is known of a rule so far: each is true once some request has shown it. */
export interface RuleRecord {
  selected: boolean;
  applies: boolean;
  /** An allow that is among those that allow something. */
  decides: boolean;
  /** Something would be decided otherwise without it. */
  needed: boolean;
  /** Denials that keep an allow from deciding. */
  readonly cancelledBy: Set<string>;
  /** Exceptions that have changed the condition, by their indices. */
  readonly bitten: Set<string>;
  /** What its conditions come to over known facts, by clause; null where that varies. */
  readonly constants: Map<string, boolean | null>;
}

export function newRecord(): RuleRecord {
  return {
    ...{ selected: false, applies: false, decides: false, needed: false },
    ...{ cancelledBy: new Set<string>(), bitten: new Set<string>(), constants: new Map<string, boolean | null>() },
  };
}

/** Takes down what a decided cell shows of one of its rules. */
export function record(space: DecisionSpace, decided: DecidedCell, index: number, rule: Rule, about: RuleRecord): void {
  const { cell, decision, facts } = decided;
  const { diagrams } = facts;
  const one = decision.rules[index]!;
  about.selected = true;
  if (one.applies !== FALSE) about.applies = true;
  if (rule.effect === "allow" && !about.decides) {
    if (whereDecides(diagrams, decision, index) !== FALSE) about.decides = true;
    else if (one.applies !== FALSE)
      for (const other of decision.rules)
        if (
          other.rule.effect === "deny" &&
          other.rule.limit === null &&
          diagrams.and(other.applies, one.applies) !== FALSE
        )
          about.cancelledBy.add(other.rule.path);
  }
  if (!about.needed) about.needed = isNeeded(decided, index, rule, new Set());
  for (const { expr, key } of clausesOf(rule)) {
    if (about.constants.get(key) === null) continue;
    const constant = space.ask(cell.occasion, [expr], (context) =>
      constantOverKnownFacts(context.space.diagrams, context.expression(expr)),
    );
    const before = about.constants.get(key);
    about.constants.set(key, before === undefined || before === constant ? constant : null);
  }
  for (const path of exceptionPaths(rule.exceptions)) {
    const key = path.join();
    if (about.bitten.has(key)) continue;
    const { condition } = cell.rules[index]!;
    const without = bearingOfRule(space.world, withoutException(rule, path)).condition(cell.act);
    if (without.length === condition.length && path.length === 1) continue;
    const isOther = space.ask(
      cell.occasion,
      [...condition, ...without],
      (context) => context.condition(without) !== context.condition(condition),
    );
    if (isOther) about.bitten.add(key);
  }
}

/** Whether a decision, its duties, limits, `told` and basis included, would be another without a rule, and without those left out already. */
export function isNeeded(
  { decision, facts }: DecidedCell,
  index: number,
  rule: Rule,
  leftOut: ReadonlySet<string>,
): boolean {
  const { diagrams } = facts;
  const isOut = (other: number) => leftOut.has(decision.rules[other]!.rule.path);
  const without = allowedWithout(diagrams, decision, (other) => other === index || isOut(other));
  if (without !== allowedWithout(diagrams, decision, isOut)) return true;
  if (rule.limit !== null) return whereBinds(diagrams, decision, index) !== FALSE;
  if (rule.effect === "deny") return false;
  const others = [...decision.rules.keys()].filter((other) => other !== index && !isOut(other));
  const isCovered = (where: Node, rest: readonly number[], of: (other: number) => Node) =>
    diagrams.implies(where, diagrams.any(rest.map(of)));
  const decides = (other: number) => whereDecides(diagrams, decision, other);
  const binds = (other: number) => whereBinds(diagrams, decision, other);
  const said = (other: number) => decision.rules[other]!.rule as unknown as Pick<Rule, "told" | "basis" | "duties">;
  const sameTold = others.filter((other) => said(other).told === rule.told);
  const sameBasis = others.filter((other) => said(other).basis?.text === rule.basis?.text);
  if (rule.told !== null && !isCovered(decides(index), sameTold, decides)) return true;
  if (rule.basis !== null && !isCovered(decides(index), sameBasis, decides)) return true;
  return rule.duties.some((duty) => {
    const text = JSON.stringify([duty.name, duty.arguments]);
    const same = others.filter((other) =>
      said(other).duties.some((call) => JSON.stringify([call.name, call.arguments]) === text),
    );
    return !isCovered(binds(index), same, binds);
  });
}

// -------------------------------------------------------------------------------------------------- clauses, exceptions

export interface ClauseOfRule {
  readonly expr: Expr;
  readonly clause: "when" | "unless";
  readonly exception: readonly number[];
  readonly key: string;
}

export function clausesOf(rule: Rule): readonly ClauseOfRule[] {
  const of = (one: Pick<Exception, "when" | "unless" | "exceptions">, exception: readonly number[]): ClauseOfRule[] => [
    ...(["when", "unless"] as const).flatMap((clause) => {
      const expr = one[clause];
      return expr === null ? [] : [{ expr, clause, exception, key: `${clause} ${exception}` }];
    }),
    ...one.exceptions.flatMap((inner, index) => of(inner, [...exception, index])),
  ];
  return of(rule, []);
}

export function exceptionPaths(exceptions: readonly Exception[]): readonly (readonly number[])[] {
  return exceptions.flatMap((one, index) => [
    [index],
    ...exceptionPaths(one.exceptions).map((inner) => [index, ...inner]),
  ]);
}

export function withoutException(rule: Rule, path: readonly number[]): Rule {
  return { ...rule, exceptions: without(rule.exceptions, path) };
}
function without(exceptions: readonly Exception[], [index, ...rest]: readonly number[]): readonly Exception[] {
  if (rest.length === 0) return exceptions.filter((_, other) => other !== index);
  return exceptions.map((one, other) =>
    other === index ? { ...one, exceptions: without(one.exceptions, rest) } : one,
  );
}

// -------------------------------------------------------------------------------------------------------- two allows

/** Allows that let the same act happen on different legal bases, each pair once. */
export function conflictingBases(
  world: World,
  decided: DecidedCell,
  rules: ReadonlyMap<string, Rule>,
  seen: Set<string>,
): readonly LintFinding[] {
  const { decision, facts, cell } = decided;
  const based = decision.rules.flatMap(({ applies, rule: { path } }) => {
    const basis = rules.get(path)?.basis ?? null;
    return basis === null || applies === FALSE ? [] : [{ path, applies, basis }];
  });
  return based.flatMap((one, index) =>
    based.slice(index + 1).flatMap((other): LintFinding[] => {
      const key = `${one.path} ${other.path}`;
      if (one.basis.text === other.basis.text || seen.has(key)) return [];
      const both = facts.diagrams.all([one.applies, other.applies, decision.allowed]);
      if (both === FALSE) return [];
      seen.add(key);
      return [
        {
          lint: "conflicting-bases",
          at: ruleAt(other.path),
          words: [other.basis.text, one.path, one.basis.text, exampleOf(world, cell, decided.context, both)],
          related: [{ at: ruleAt(one.path), message: `This allows it under ${one.basis.text}.` }],
        },
      ];
    }),
  );
}

export function ruleAt(path: string): Place {
  return { kind: "rule", path };
}

export function nameOf(id: Id): string {
  return lastPart(id);
}
