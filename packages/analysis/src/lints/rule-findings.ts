import { type Id, type Rule, selectedFields, selectsData, type World } from "@scruple/model";
import { mentionsOf } from "../personal.ts";
import { clausesOf, exceptionPaths } from "./clauses.ts";
import { type LintFinding, ruleAt } from "./finding.ts";
import type { Interplay } from "./interplay.ts";
import type { RuleAlone } from "./rule-alone.ts";

/**
 * What logic has to say of a rule: of one inside an interaction by what it comes to there, of one outside by what it comes to in all.
 *
 * @param among What it does among other rules; undefined where no allow ever meets it.
 */
export function findingsOfRule(
  world: World,
  rule: Rule,
  alone: RuleAlone,
  among: Interplay | undefined,
  rules: ReadonlyMap<string, Rule>,
): readonly LintFinding[] {
  const { path } = rule;
  const at = ruleAt(path);
  const isGuard = rule.effect === "deny" && rule.interaction === null && selectsSomething(world, rule);
  if (!alone.selected && isGuard) return [guard(rule)];
  if (!alone.selected) return [{ lint: "rule-selects-nothing", at, words: [path, rule.effect], related: [] }];
  const constant = constants(world, rule, alone);
  const never = constant.filter(
    ({ lint, at: { kind }, words: [, clause] }) =>
      kind === "clause" && (lint === "condition-always-false") === (clause === "when"),
  );
  if (!alone.applies)
    return never.length > 0
      ? constant
      : [...constant, { lint: "rule-never-applies", at, words: [path, rule.effect], related: [] }];
  const idle = exceptions(rule, alone);
  if (rule.effect === "deny") {
    if (rule.limit !== null || among?.needed) return [...constant, ...idle];
    return [...constant, ...idle, guard(rule)];
  }
  if (among?.decides) return [...constant, ...idle];
  const by = [...(among?.cancelledBy ?? [])].sort();
  return [
    ...constant,
    {
      lint: "rule-cancelled",
      at,
      words: [path, by.join(", ")],
      related: by
        .filter((other) => rules.has(other))
        .map((other) => ({ at: ruleAt(other), message: "This denies what it allows." })),
    },
  ];
}

function guard(rule: Rule): LintFinding {
  const data = rule.data.map((ref) => ("id" in ref ? ref.id : ref.kind));
  return {
    lint: "guards-against-nothing",
    at: ruleAt(rule.path),
    related: [],
    words: [rule.path, rule.operations.join(", "), ...data],
  };
}

/** Whether there is any data that it selects, in whatever interaction there may be one day. */
function selectsSomething(world: World, rule: Rule): boolean {
  const { direct, derived } = selectedFields(world, rule.data, "wide");
  const levels = (field: Id) => [null, ...world.fields.get(field)!.levels];
  const alone = { ...rule, with: null };
  return [...direct, ...derived].some((field) =>
    levels(field).some((level) => selectsData(world, alone, { field, with: null, level }, "wide")),
  );
}

function constants(world: World, rule: Rule, alone: RuleAlone): readonly LintFinding[] {
  return clausesOf(rule).flatMap(({ expr, clause, exception, key }): LintFinding[] => {
    const constant = alone.constants.get(key);
    // What is always so of a named condition is said there.
    if (constant === undefined || constant === null || expr.op === "condition") return [];
    // A guard outside interactions is also for those that are yet to be started otherwise.
    const asksWho = [...mentionsOf(world, expr).values()].some(({ kind }) => kind === "outbound");
    if (rule.interaction === null && asksWho) return [];
    const at = { kind: "clause", path: rule.path, clause, exception } as const;
    const lint = constant ? "condition-always-true" : "condition-always-false";
    return [{ lint, at, words: [rule.path, clause], related: [] }];
  });
}

function exceptions(rule: Rule, { bitten }: RuleAlone): readonly LintFinding[] {
  const idle = exceptionPaths(rule.exceptions).filter((path) => !bitten.has(path.join()));
  // An exception to one that never bites cannot bite either.
  const outermost = idle.filter(
    (path) => !idle.some((other) => other.length < path.length && other.every((i, at) => path[at] === i)),
  );
  return outermost.map((exception) => ({
    lint: "exception-never-bites",
    at: { kind: "exception", path: rule.path, exception },
    words: [rule.path],
    related: [],
  }));
}
