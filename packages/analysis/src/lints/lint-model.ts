import { type Id, type Interaction, type Model, policyOf, type Rule } from "@scruple/model";
import { mentionsOf } from "../personal.ts";
import { constantOverKnownFacts } from "../questions.ts";
import { DecisionSpace } from "../space/decision-space.ts";
import type { Ground } from "../space/ground.ts";
import { TooLargeError } from "../too-large-error.ts";
import { overdue } from "./declarations.ts";
import type { Lint, LintFinding } from "./finding.ts";
import { type InteractionReport, reportInteraction } from "./interaction.ts";
import { type Interplay, nothingShown } from "./interplay.ts";
import { Outside } from "./outside.ts";
import { joinedAlone, type RuleAlone, ruleAlone } from "./rule-alone.ts";
import { findingsOfRule } from "./rule-findings.ts";
import { groupOf } from "./stories.ts";

export interface LintOptions {
  /** The smallest group that may be shown to the public; 1000 where it is left out. */
  readonly leastGroupSize?: number;
  /** `YYYY-MM-DD`, for what is overdue; without it nothing is. */
  readonly today?: string;
  /** Lints that nobody wants to hear of cost nothing. */
  readonly isOn?: (lint: Lint) => boolean;
}

/** The space that the lints of a model are asked in; promises may be asked in it too. */
export function lintSpace(model: Model, { leastGroupSize = 1000 }: LintOptions = {}, ground?: Ground): DecisionSpace {
  return new DecisionSpace(model, { further: [groupOf(leastGroupSize)], ...(ground ? { ground } : {}) });
}

/**
 * All that logic and privacy have to say of a policy: of its own rules and declarations, together with all that it uses. A policy
 * without interactions decides nothing by itself, so only what it declares is looked at.
 */
export function lintModel(space: DecisionSpace, options: LintOptions = {}): readonly LintFinding[] {
  const { model } = space.world;
  const rules = rulesOf(model);
  const reports = model.interactions.map((interaction) => lintInteraction(space, interaction, rules, options));
  const together = lintTogether(space, new Outside(space, rules), reports, rules, options);
  for (let step = together.next(); ; step = together.next())
    if (step.done) return [...reports.flatMap(({ findings }) => findings), ...step.value];
}

/** The rules of the policy itself, by path: what a used policy says is its own affair. */
export function rulesOf(model: Model): ReadonlyMap<string, Rule> {
  return new Map(model.rules.filter(({ policy }) => policy === model.policy).map((rule) => [rule.path, rule]));
}

/** What is to be said of one interaction depends on nothing but itself, its rules, the ground and the options. */
export function lintInteraction(
  space: DecisionSpace,
  interaction: Interaction,
  rules: ReadonlyMap<string, Rule>,
  { leastGroupSize = 1000, isOn = () => true }: LintOptions,
): InteractionReport {
  return reportInteraction(space.of(interaction), rules, { leastGroupSize, isOn });
}

/**
 * What can be said only when all interactions have been looked at: of rules outside interactions, and of declarations. In pieces of work, since
 * interactions may have to be asked again.
 *
 * @param reports Of all interactions, in their order.
 */
export function* lintTogether(
  space: DecisionSpace,
  outside: Outside,
  reports: readonly InteractionReport[],
  rules: ReadonlyMap<string, Rule>,
  { today, isOn = () => true }: LintOptions,
): Generator<void, readonly LintFinding[]> {
  const { world } = space;
  const { interactions } = world.model;
  for (const { witnesses } of reports) outside.questions.take(witnesses);
  for (const [index, { witnesses }] of reports.entries())
    if (outside.questions.ask(interactions[index]!, witnesses)) yield;
  const findings = [
    ...reports.flatMap(({ outside }) => outside),
    ...reports.flatMap(({ witnesses }) => witnesses.tooLarge),
    ...(interactions.length > 0 ? [...(yield* ofRulesOutside(space, reports, rules)), ...ofConditions(space)] : []),
    ...outside.ofData(reports.map(({ witnesses }) => witnesses)),
    ...(today === undefined ? [] : overdue(world, today)),
  ];
  return firstOfKind(findings.filter(({ lint }) => isOn(lint)));
}

/** One of a kind for each place: a rule outside interactions is let through in many. */
function firstOfKind(findings: readonly LintFinding[]): readonly LintFinding[] {
  const byKey = new Map<string, LintFinding>();
  for (const finding of findings) {
    const { lint, at, words } = finding;
    const key = JSON.stringify([lint, at, lint === "conflicting-bases" ? words[1] : ""]);
    if (!byKey.has(key)) byKey.set(key, finding);
  }
  return [...byKey.values()];
}

function* ofRulesOutside(
  space: DecisionSpace,
  reports: readonly InteractionReport[],
  rules: ReadonlyMap<string, Rule>,
): Generator<void, readonly LintFinding[]> {
  const outside = [...rules.values()].filter(({ interaction }) => interaction === null);
  if (outside.length === 0) return [];
  const among = new Map<string, Interplay>(outside.map(({ path }) => [path, nothingShown()]));
  for (const { witnesses } of reports)
    for (const [path, { decides, needed, cancelledBy }] of witnesses.interplay) {
      const one = among.get(path)!;
      one.decides ||= decides;
      one.needed ||= needed;
      for (const other of cancelledBy) one.cancelledBy.add(other);
    }
  const alone = yield* aloneOutside(space);
  return outside.flatMap((rule) =>
    findingsOfRule(
      space.world,
      rule,
      joinedAlone(alone.map((one) => one.get(rule.path)!)),
      among.get(rule.path),
      rules,
    ),
  );
}

/** What the rules outside interactions come to by themselves, for all bounds that interactions have. */
function* aloneOutside(space: DecisionSpace): Generator<void, readonly ReadonlyMap<string, RuleAlone>[]> {
  const { ground, world } = space;
  const found = new Map<string, ReadonlyMap<string, RuleAlone>>();
  for (const interaction of world.model.interactions) {
    const { startedBy, until, purposes, channels } = interaction;
    const key = `alone ${startedBy} ${until} ${purposes} ${channels}`;
    if (found.has(key)) continue;
    const alone = ground.remembered(key, () => {
      const inside = space.of(interaction);
      const rules = ground.layout.roots.flatMap(({ item: { rule } }, root) =>
        rule === null ? [] : [[rule.path, ruleAlone(inside, root)] as const],
      );
      return new Map(rules);
    });
    found.set(key, alone);
    yield;
  }
  return [...found.values()];
}

/** Named conditions of the policy, on every occasion that its interactions give. */
function ofConditions(space: DecisionSpace): readonly LintFinding[] {
  const { model, conditions } = space.world;
  const own = [...conditions.values()].filter(({ id }) => policyOf(id) === model.policy);
  return own.flatMap(({ id, expr }): LintFinding[] => {
    const mentions = [...mentionsOf(space.world, expr).values()];
    if (mentions.some(({ kind }) => kind === "outbound")) return [];
    const purposes = mentions.length === 0 ? [""] : purposesIn(space);
    const values = new Set(
      purposes.map((purpose) => space.ground.remembered(`${id} ${purpose}`, () => constantFor(space, id, purpose))),
    );
    const [value] = values;
    if (values.size !== 1 || value === null) return [];
    const at = { kind: "declaration", id } as const;
    const lint = value ? "condition-always-true" : "condition-always-false";
    return [{ lint, at, words: [id, "condition"], related: [] }];
  });
}

function constantFor(space: DecisionSpace, id: Id, purpose: Id): boolean | null {
  const { expr } = space.world.conditions.get(id)!;
  try {
    return space.ask({ startedBy: null, purpose }, [expr], (context) =>
      constantOverKnownFacts(context.space.diagrams, context.expression(expr)),
    );
  } catch (error) {
    if (error instanceof TooLargeError) return null;
    throw error;
  }
}

function purposesIn({ world, ground }: DecisionSpace): readonly Id[] {
  return [...new Set(world.model.interactions.flatMap((interaction) => ground.purposesOf(interaction)))];
}
