import type { Id, Rule } from "@scruple/model";
import { type CellDecision, decisionOf, isAllow, isDenial, whereBinds, whereDecides } from "../cell.ts";
import type { Diagrams } from "../diagrams.ts";
import { FALSE, type Node } from "../node-store.ts";
import type { DecidedCell } from "../space/interaction-space.ts";
import type { LintFinding } from "./finding.ts";
import { ruleAt } from "./finding.ts";

/** What a rule does among others in an interaction: each is true once some request has shown it. */
export interface Interplay {
  /** An allow that is among those that allow something. */
  decides: boolean;
  /** An allow without which something would be decided otherwise, or a denial of something that an allow would let through. */
  needed: boolean;
  /** Denials that keep an allow from deciding. */
  readonly cancelledBy: Set<string>;
}

/** Before anything has been seen of a rule. */
export function nothingShown(): Interplay {
  return { decides: false, needed: false, cancelledBy: new Set() };
}

/** Whether nothing more can be shown of a rule. */
export function isSettled({ effect }: Rule, { decides, needed }: Interplay): boolean {
  return needed && (decides || effect === "deny");
}

/** Whether all that is asked of a rule outside interactions has been seen: of a denial, that something meets it; of an allow, that it decides. */
export function isShown({ effect }: Rule, { decides, needed }: Interplay): boolean {
  return effect === "deny" ? needed : decides;
}

/** Takes down what a decided cell shows of one of its rules. */
export function record(decided: DecidedCell, index: number, rule: Rule, about: Interplay): void {
  const { cell, decision, facts } = decided;
  const { diagrams } = facts;
  const one = decision.rules[index]!;
  if (rule.effect === "allow" && !about.decides) {
    if (whereDecides(diagrams, decision, index) !== FALSE) about.decides = true;
    else if (one.applies !== FALSE) {
      const roots = cell.partition.rootsIn(cell.set);
      for (const [at, other] of decision.rules.entries())
        if (isDenial(other) && diagrams.and(other.applies, one.applies) !== FALSE)
          about.cancelledBy.add(cell.partition.bearingOf(roots[at]!, () => cell.act).path);
    }
  }
  // Other denials do not matter: of two that stop the same, neither guards against nothing.
  if (!about.needed)
    about.needed =
      rule.effect === "deny"
        ? diagrams.and(one.applies, decision.permitted) !== FALSE
        : isNeeded(diagrams, decision, index, rule, nobody);
}

const nobody: ReadonlySet<string> = new Set();

/** Whether a decision, its duties, limits, `told` and basis included, would be another without an allow, and without those left out already. */
export function isNeeded(
  diagrams: Diagrams,
  decision: CellDecision,
  index: number,
  rule: Rule,
  leftOut: ReadonlySet<string>,
): boolean {
  const { rules } = decision;
  const isLeft = (other: number) => other !== index && (leftOut.size === 0 || !leftOut.has(rules[other]!.rule.path));
  const all =
    leftOut.size === 0
      ? decision
      : decisionOf(
          diagrams,
          rules.filter((_, one) => one === index || isLeft(one)),
        );
  const alone = diagrams.and(rules[index]!.applies, diagrams.not(all.forbidden));
  const isCovered = (where: Node, rest: readonly number[], of: (other: number) => Node) =>
    diagrams.implies(where, diagrams.any(rest.map(of)));
  const others = () => [...rules.keys()].filter(isLeft);
  if (alone !== FALSE) {
    const allows = others().filter((other) => isAllow(rules[other]!));
    if (!isCovered(alone, allows, (other) => rules[other]!.applies)) return true;
  }
  const decides = (other: number) => whereDecides(diagrams, decision, other);
  const binds = (other: number) => whereBinds(diagrams, decision, other);
  const said = (other: number) => rules[other]!.rule as unknown as Pick<Rule, "told" | "basis" | "duties">;
  const isSaid = (what: "told" | "basis") =>
    what === "told"
      ? (other: number) => said(other).told === rule.told
      : (other: number) => said(other).basis?.text === rule.basis?.text;
  const here = decides(index);
  for (const what of ["told", "basis"] as const)
    if (rule[what] !== null && here !== FALSE && !isCovered(here, others().filter(isSaid(what)), decides)) return true;
  return rule.duties.some((duty) => {
    const bound = binds(index);
    if (bound === FALSE) return false;
    const text = JSON.stringify([duty.name, duty.arguments]);
    const same = others().filter((other) =>
      said(other).duties.some((call) => JSON.stringify([call.name, call.arguments]) === text),
    );
    return !isCovered(bound, same, binds);
  });
}

/** Rules of an interaction without which nothing would be decided otherwise; of two that say the same, the later one. */
export function redundantRules(
  interaction: Id,
  rules: ReadonlyMap<string, Rule>,
  records: ReadonlyMap<string, Interplay>,
  cells: readonly DecidedCell[],
): readonly LintFinding[] {
  const isSuspect = ([path, { decides, needed }]: readonly [string, Interplay]) => {
    const rule = rules.get(path)!;
    return rule.interaction === interaction && rule.effect === "allow" && decides && !needed;
  };
  const suspects = [...records].filter(isSuspect).map(([path]) => path);
  const leftOut = new Set<string>();
  const findings: LintFinding[] = [];
  for (const path of suspects.sort((a, b) => placeOf(rules.get(b)!) - placeOf(rules.get(a)!))) {
    const rule = rules.get(path)!;
    const others = new Set<string>();
    const isStillNeeded = cells.some(({ decision, facts: { diagrams } }) => {
      const index = decision.rules.findIndex((one) => one.rule.path === path);
      if (index < 0) return false;
      if (leftOut.size > 0 && isNeeded(diagrams, decision, index, rule, leftOut)) return true;
      const own = decision.rules[index]!;
      for (const other of decision.rules)
        if (other !== own && isAllow(other) && diagrams.and(other.applies, own.applies) !== FALSE)
          others.add(other.rule.path);
      return false;
    });
    if (isStillNeeded) continue;
    leftOut.add(path);
    findings.push({
      lint: "redundant-rule",
      at: ruleAt(path),
      words: [path, [...others].sort().join(", ")],
      related: [...others]
        .filter((other) => rules.has(other))
        .map((other) => ({ at: ruleAt(other), message: "This allows it as well." })),
    });
  }
  return findings;
}

function placeOf({ at: { file, line, column } }: Rule): number {
  return (file * 1e6 + line) * 1e4 + column;
}
