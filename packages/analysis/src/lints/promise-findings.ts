import { type PromiseLine, selectsChannel, selectsPurpose, selectsRecipients, type World } from "@scruple/model";
import type { Context, Occasion } from "../context.ts";
import { FactSpace } from "../fact-space.ts";
import { FALSE } from "../node-store.ts";
import { mentionsOf, mentionsOfAll, namesPurpose } from "../personal.ts";
import type { PromiseResult } from "../promises/prove-together.ts";
import { constantOverKnownFacts } from "../questions.ts";
import { type Route, recipientsOf } from "../space/datum.ts";
import type { DecisionSpace } from "../space/decision-space.ts";
import type { Ground } from "../space/ground.ts";
import { present } from "../space/items.ts";
import { TooLargeError } from "../too-large-error.ts";
import type { LintFinding } from "./finding.ts";

/**
 * What logic has to say of the lines of the policy's own promises, as it has of rules: one that speaks of nothing is proved, and has
 * promised nothing.
 *
 * @param results Of all lines, in their order.
 */
export function findingsOfPromises(
  { world, ground }: DecisionSpace,
  results: readonly PromiseResult[],
): readonly LintFinding[] {
  let index = 0;
  return world.model.promises.flatMap((promise, at) =>
    promise.lines.flatMap((line, number): readonly LintFinding[] => {
      const result = results[index++]!;
      if (promise.policy !== world.model.policy) return [];
      const found = (lint: LintFinding["lint"], word: string, clause: "when" | "unless" | null): LintFinding => {
        return { lint, at: { kind: "line", promise: at, line: number, clause }, words: [line.text, word], related: [] };
      };
      return findingsOfLine(world, ground, result, found);
    }),
  );
}

type Found = (lint: LintFinding["lint"], word: string, clause: "when" | "unless" | null) => LintFinding;

function findingsOfLine(world: World, ground: Ground, result: PromiseResult, found: Found): readonly LintFinding[] {
  const { line } = result;
  // A `never` is a guard, also for interactions and for data that are yet to come.
  if (line.modality === "always" && !result.speaks) return [found("rule-selects-nothing", line.modality, null)];
  const asked = present(line.when, line.unless);
  const occasions = asked.length === 0 ? [] : [...occasionsOf(world, ground, line)];
  if (occasions.length === 0) return [];
  try {
    const facts = new FactSpace(world, asked);
    const constant = constants(line, facts, occasions);
    const findings = constant.map(({ clause, value }) =>
      found(value ? "condition-always-true" : "condition-always-false", clause, clause),
    );
    const isSaid = constant.some(({ clause, value }) => value === (clause === "unless"));
    if (isSaid || occasions.some((occasion) => mayHold(line, facts.context(occasion)))) return findings;
    return [...findings, found("rule-never-applies", line.modality, null)];
  } catch (error) {
    // Nothing is said of what is not known.
    if (error instanceof TooLargeError) return [];
    throw error;
  }
}

/** Those on which a line may be asked, but for such as are alike. */
function* occasionsOf(world: World, ground: Ground, line: PromiseLine): Generator<Occasion> {
  const mentions = mentionsOfAll(world, present(line.when, line.unless));
  if (mentions.size === 0) {
    yield { startedBy: null, purpose: "" };
    return;
  }
  const isNamed = namesPurpose(mentions);
  const reading = line.modality === "never" ? "wide" : "narrow";
  const seen = new Set<string>();
  for (const interaction of world.model.interactions) {
    const { startedBy } = interaction;
    const isReached = (route: Route) =>
      selectsChannel(world, line.channels, route.channel, reading) &&
      selectsRecipients(world, line.recipients, recipientsOf(world, route), reading);
    if (!ground.routesOf(interaction).some(isReached)) continue;
    for (const purpose of ground.purposesOf(interaction)) {
      const key = `${startedBy} ${isNamed ? purpose : ""}`;
      if (seen.has(key) || !selectsPurpose(world, line.purposes, purpose, reading)) continue;
      seen.add(key);
      yield { startedBy, purpose };
    }
  }
}

function constants(
  line: PromiseLine,
  facts: FactSpace,
  occasions: readonly Occasion[],
): readonly { readonly clause: "when" | "unless"; readonly value: boolean }[] {
  return (["when", "unless"] as const).flatMap((clause) => {
    const expr = line[clause];
    // What is always so of a named condition is said there; and interactions may yet be started otherwise.
    if (expr === null || expr.op === "condition") return [];
    if ([...mentionsOf(facts.world, expr).values()].some(({ kind }) => kind === "outbound")) return [];
    const valueOn = (one: Occasion) => constantOverKnownFacts(facts.diagrams, facts.context(one).expression(expr));
    const value = valueOn(occasions[0]!);
    return value !== null && occasions.every((one) => valueOn(one) === value) ? [{ clause, value }] : [];
  });
}

/** Whether there are facts under which something could break the line. */
function mayHold({ modality, when, unless }: PromiseLine, context: Context): boolean {
  const { diagrams } = context.space;
  const spoken = present(when, unless === null ? null : { op: "not", operand: unless });
  const node = context.condition(spoken);
  return (modality === "never" ? diagrams.isNotFalse(node) : diagrams.known(diagrams.isTrue(node))) !== FALSE;
}
