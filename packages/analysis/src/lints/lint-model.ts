import {
  bearingOfRule,
  type Exception,
  type Expr,
  type Id,
  type Interaction,
  type Model,
  opposite,
  policyOf,
  type Rule,
  selectedFields,
  selectsChannel,
  selectsData,
  selectsOperation,
  selectsPurpose,
} from "@scruple/model";
import type { Occasion } from "../context.ts";
import { FALSE } from "../node-store.ts";
import { mentionsOf } from "../personal.ts";
import { constantOverKnownFacts } from "../questions.ts";
import { DecisionSpace } from "../space/decision-space.ts";
import { operations, type Scope } from "../space/partition.ts";
import { finished } from "../steps.ts";
import { TooLargeError } from "../too-large-error.ts";
import { inheritedSensitivity, overdue, unboundedRetention, vagueCategories } from "./declarations.ts";
import type { Lint, LintFinding } from "./finding.ts";
import { type InteractionReport, reportInteraction } from "./interaction.ts";
import { clausesOf, exceptionPaths, newRecord, type RuleRecord, ruleAt, withoutException } from "./logic.ts";
import { groupOf } from "./privacy.ts";

export interface LintOptions {
  /** The smallest group that may be shown to the public; 1000 where it is left out. */
  readonly leastGroupSize?: number;
  /** `YYYY-MM-DD`, for what is overdue; without it nothing is. */
  readonly today?: string;
  /** Lints that nobody wants to hear of cost nothing. */
  readonly isOn?: (lint: Lint) => boolean;
  /** The report of an interaction that is known to be as it was; reports are plain data and may be kept. */
  readonly known?: (interaction: Interaction) => InteractionReport | undefined;
  readonly learn?: (interaction: Interaction, report: InteractionReport) => void;
}

/** The space that the lints of a model are asked in; promises may be asked in it too. */
export function lintSpace(model: Model, { leastGroupSize = 1000 }: LintOptions = {}): DecisionSpace {
  return new DecisionSpace(model, { further: [groupOf(leastGroupSize)] });
}

/**
 * All that logic and privacy have to say of a policy: of its own rules and declarations, together with all that it uses. A policy
 * without interactions decides nothing by itself, so only what it declares is looked at.
 */
export function lintModel(space: DecisionSpace, options: LintOptions = {}): readonly LintFinding[] {
  return finished(lintSteps(space, options));
}

/** As `lintModel`, in pieces of work between which something else can be done. */
export function* lintSteps(space: DecisionSpace, options: LintOptions = {}): Generator<void, readonly LintFinding[]> {
  const { leastGroupSize = 1000, today, isOn = () => true, known, learn } = options;
  const { model } = space.world;
  const rules = new Map(model.rules.filter(({ policy }) => policy === model.policy).map((rule) => [rule.path, rule]));
  const reports: InteractionReport[] = [];
  for (const interaction of model.interactions) {
    const kept = known?.(interaction);
    const report = kept ?? reportInteraction(space, interaction, rules, { leastGroupSize, isOn });
    learn?.(interaction, report);
    reports.push(report);
    if (kept === undefined) yield;
  }
  const allowed = new Set(reports.flatMap(({ allowedFields }) => [...allowedFields]));
  const isComplete = reports.every(({ findings }) => findings.every(({ lint }) => lint !== "too-complex"));
  const findings = [
    ...reports.flatMap((report) => report.findings),
    ...(model.interactions.length === 0 || !isComplete ? [] : yield* new RuleLints(space, rules, reports).findings()),
    ...inheritedSensitivity(space.world, allowed),
    ...vagueCategories(space.world, allowed),
    ...unboundedRetention(space.world, allowed),
    ...(today === undefined ? [] : overdue(space.world, today)),
  ];
  return merged(findings.filter(({ lint }) => isOn(lint)));
}

/** One of a kind for each place: a rule outside interactions is let through in many. */
function merged(findings: readonly LintFinding[]): readonly LintFinding[] {
  const byKey = new Map<string, LintFinding>();
  for (const finding of findings) {
    const key = JSON.stringify([
      finding.lint,
      finding.at,
      finding.lint === "conflicting-bases" ? finding.words[1] : "",
    ]);
    if (!byKey.has(key)) byKey.set(key, finding);
  }
  return [...byKey.values()];
}

/** What can be said of a rule only when all interactions have been looked at. */
class RuleLints {
  private readonly space: DecisionSpace;
  private readonly rules: ReadonlyMap<string, Rule>;
  private readonly records = new Map<string, RuleRecord>();

  constructor(space: DecisionSpace, rules: ReadonlyMap<string, Rule>, reports: readonly InteractionReport[]) {
    this.space = space;
    this.rules = rules;
    for (const { records } of reports)
      for (const [path, about] of records) this.records.set(path, this.joined(this.records.get(path), about));
  }

  *findings(): Generator<void, readonly LintFinding[]> {
    const found: LintFinding[] = [];
    for (const rule of this.rules.values()) {
      found.push(...this.ofRule(rule));
      yield;
    }
    return [...found, ...this.ofConditions()];
  }

  private joined(one: RuleRecord | undefined, other: RuleRecord): RuleRecord {
    if (one === undefined) return other;
    const constants = new Map(one.constants);
    for (const [key, value] of other.constants)
      constants.set(key, constants.has(key) && constants.get(key) !== value ? null : value);
    return {
      selected: true,
      applies: one.applies || other.applies,
      decides: one.decides || other.decides,
      needed: one.needed || other.needed,
      cancelledBy: new Set([...one.cancelledBy, ...other.cancelledBy]),
      bitten: new Set([...one.bitten, ...other.bitten]),
      constants,
    };
  }

  private ofRule(rule: Rule): readonly LintFinding[] {
    const { path } = rule;
    const about = this.complete(rule, this.records.get(path) ?? newRecord());
    const at = ruleAt(path);
    const isGuard = rule.effect === "deny" && rule.interaction === null && this.selectsData(rule);
    if (!about.selected && isGuard) return rule.limit === null ? [this.guard(rule)] : [];
    if (!about.selected) return [{ lint: "rule-selects-nothing", at, words: [path, rule.effect], related: [] }];
    const constant = this.constants(rule, about);
    const never = constant.filter(
      ({ lint, at: { kind }, words: [, clause] }) =>
        kind === "clause" && (lint === "condition-always-false") === (clause === "when"),
    );
    if (!about.applies)
      return never.length > 0
        ? constant
        : [...constant, { lint: "rule-never-applies", at, words: [path, rule.effect], related: [] }];
    const exceptions = this.exceptions(rule, about);
    if (rule.effect === "deny") {
      if (rule.limit !== null || about.needed) return [...constant, ...exceptions];
      return [...constant, ...exceptions, this.guard(rule)];
    }
    if (about.decides) return [...constant, ...exceptions];
    const by = [...about.cancelledBy].sort();
    return [
      ...constant,
      {
        ...{ lint: "rule-cancelled", at, words: [path, by.join(", ")] },
        related: by
          .filter((other) => this.rules.has(other))
          .map((other) => ({ at: ruleAt(other), message: "This denies what it allows." })),
      },
    ];
  }

  private guard(rule: Rule): LintFinding {
    const data = rule.data.map((ref) => ("id" in ref ? ref.id : ref.kind));
    return {
      ...{ lint: "guards-against-nothing", at: ruleAt(rule.path), related: [] },
      words: [rule.path, rule.operations.join(", "), ...data],
    };
  }

  /** Whether there is any data that it selects, in whatever interaction there may be one day. */
  private selectsData(rule: Rule): boolean {
    const { world } = this.space;
    const { direct, derived } = selectedFields(world, rule.data, "wide");
    const fields = [...direct, ...derived];
    const levels = (field: Id) => [null, ...world.fields.get(field)!.levels];
    const alone = { ...rule, with: null };
    return fields.some((field) =>
      levels(field).some((level) => selectsData(world, alone, { field, with: null, level }, "wide")),
    );
  }

  /** What a denial says is of interest also where nothing is allowed, so that it is looked at there if it has to be. */
  private complete(rule: Rule, about: RuleRecord): RuleRecord {
    const paths = exceptionPaths(rule.exceptions).map((path) => path.join());
    const isOpen = () => !about.selected || !about.applies || paths.some((path) => !about.bitten.has(path));
    if (rule.effect === "allow" || !isOpen()) return about;
    const { world } = this.space;
    const own = rule.interaction === null ? {} : { interactions: [rule.interaction] };
    const isSettled = about.selected && about.applies;
    const open = isSettled
      ? rule.exceptions.filter((_, index) => paths.some((path) => isWithin(path, index, about)))
      : null;
    for (const cell of this.space.cells({ ...own, ...this.scopeOf(rule, open) })) {
      const index = cell.rules.findIndex(({ rule: { path } }) => path === rule.path);
      if (index < 0) continue;
      about.selected = true;
      try {
        const { condition } = cell.rules[index]!;
        const idle = exceptionPaths(rule.exceptions).filter((path) => !about.bitten.has(path.join()));
        const others = idle.map((path) => bearingOfRule(world, withoutException(rule, path)).condition(cell.act));
        this.space.ask(cell.occasion, [...condition, ...others.flat()], (context) => {
          const node = context.condition(condition);
          if (node !== FALSE) about.applies = true;
          for (const [i, path] of idle.entries())
            if (context.condition(others[i]!) !== node) about.bitten.add(path.join());
        });
      } catch (error) {
        if (!(error instanceof TooLargeError)) throw error;
        return { ...about, applies: true, bitten: new Set(paths) };
      }
      if (!isOpen()) break;
    }
    return about;
  }

  /** The requests that a rule selects; where exceptions are given, those that one of them selects too. */
  private scopeOf(rule: Rule, exceptions: readonly Exception[] | null): Scope {
    const { world } = this.space;
    const reading = rule.effect === "allow" ? "narrow" : "wide";
    const inner = opposite(reading);
    const some = (selectsIt: (exception: Exception) => boolean) => exceptions === null || exceptions.some(selectsIt);
    return {
      operations: operations.filter((operation) => selectsOperation(rule.operations, operation, reading)),
      data: (datum) => selectsData(world, rule, datum, reading) && some((one) => selectsData(world, one, datum, inner)),
      purposes: (purpose) =>
        selectsPurpose(world, rule.purposes, purpose, reading) &&
        some((one) => selectsPurpose(world, one.purposes, purpose, inner)),
      routes: ({ channel }) =>
        selectsChannel(world, rule.channels, channel, reading) &&
        some((one) => selectsChannel(world, one.channels, channel, inner)),
      unselected: true,
    };
  }

  private constants(rule: Rule, about: RuleRecord): readonly LintFinding[] {
    return clausesOf(rule).flatMap(({ expr, clause, exception, key }): LintFinding[] => {
      const constant = about.constants.get(key);
      // What is always so of a named condition is said there.
      if (constant === undefined || constant === null || expr.op === "condition") return [];
      // A guard outside interactions is also for those that are yet to be started otherwise.
      if (rule.interaction === null && this.asksWhoStarted(expr)) return [];
      const at = { kind: "clause", path: rule.path, clause, exception } as const;
      return [
        {
          lint: constant ? "condition-always-true" : "condition-always-false",
          at,
          words: [rule.path, clause],
          related: [],
        },
      ];
    });
  }

  private asksWhoStarted(expr: Expr): boolean {
    return [...mentionsOf(this.space.world, expr).values()].some(({ kind }) => kind === "outbound");
  }

  private exceptions(rule: Rule, about: RuleRecord): readonly LintFinding[] {
    const idle = exceptionPaths(rule.exceptions).filter((path) => !about.bitten.has(path.join()));
    // An exception to one that never bites cannot bite either.
    const outermost = idle.filter(
      (path) => !idle.some((other) => other.length < path.length && other.every((i, at) => path[at] === i)),
    );
    return outermost.map((exception) => ({
      ...{ lint: "exception-never-bites", at: { kind: "exception", path: rule.path, exception } },
      ...{ words: [rule.path], related: [] },
    }));
  }

  /** Named conditions of the policy, on every occasion that its interactions give. */
  private ofConditions(): readonly LintFinding[] {
    const { model } = this.space.world;
    const own = model.conditions.filter(({ id }) => policyOf(id) === model.policy);
    if (own.length === 0) return [];
    const occasions = this.occasions();
    return own.flatMap(({ id, expr }): LintFinding[] => {
      if (this.asksWhoStarted(expr)) return [];
      const first = this.constantOn(occasions[0]!, expr);
      if (first === null || occasions.some((one) => this.constantOn(one, expr) !== first)) return [];
      const at = { kind: "declaration", id } as const;
      return [
        { lint: first ? "condition-always-true" : "condition-always-false", at, words: [id, "condition"], related: [] },
      ];
    });
  }

  private constantOn(occasion: Occasion, expr: Expr): boolean | null {
    try {
      return this.space.ask(occasion, [expr], (context) =>
        constantOverKnownFacts(context.space.diagrams, context.expression(expr)),
      );
    } catch (error) {
      if (error instanceof TooLargeError) return null;
      throw error;
    }
  }

  private occasions(): readonly Occasion[] {
    const { partition, world } = this.space;
    const found = new Map<string, Occasion>();
    for (const interaction of world.model.interactions) {
      const { startedBy } = interaction;
      for (const purpose of partition.purposesOf(interaction))
        found.set(`${startedBy} ${purpose}`, { startedBy, purpose });
    }
    return [...found.values()];
  }
}

/** Whether an exception that has not bitten is one of the rule's own, by its place, or inside it. */
function isWithin(path: string, index: number, { bitten }: RuleRecord): boolean {
  return !bitten.has(path) && Number(path.split(",")[0]) === index;
}
