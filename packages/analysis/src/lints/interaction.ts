import type { Id, Interaction, Rule } from "@scruple/model";
import { limitsOf } from "../cell.ts";
import { FALSE } from "../node-store.ts";
import type { Cell } from "../space/cell.ts";
import type { DecidedCell, DecisionSpace } from "../space/decision-space.ts";
import { TooLargeError } from "../too-large-error.ts";
import { exampleOf } from "./example.ts";
import type { Lint, LintFinding } from "./finding.ts";
import { conflictingBases, isNeeded, newRecord, type RuleRecord, record, ruleAt } from "./logic.ts";
import { PrivacyLints } from "./privacy.ts";

/** What one interaction shows; plain data, so that it outlives the space that it was found in. */
export interface InteractionReport {
  readonly findings: readonly LintFinding[];
  /** Of each rule of the policy that selects something here, or is to hold here. */
  readonly records: ReadonlyMap<string, RuleRecord>;
  readonly allowedFields: ReadonlySet<Id>;
  readonly isAnythingAllowed: boolean;
}

export interface InteractionOptions {
  readonly leastGroupSize: number;
  readonly isOn: (lint: Lint) => boolean;
}

/** Looks at every cell of an interaction. `rules` are those of the policy, by path: what a used policy says is its own affair. */
export function reportInteraction(
  space: DecisionSpace,
  interaction: Interaction,
  rules: ReadonlyMap<string, Rule>,
  { leastGroupSize, isOn }: InteractionOptions,
): InteractionReport {
  const { world } = space;
  const records = new Map<string, RuleRecord>();
  const findings: LintFinding[] = [];
  const privacy = new PrivacyLints(space, rules, leastGroupSize, isOn);
  const allowed = { purposes: new Set<Id>(), channels: new Set<Id>(), isSomething: false };
  const seen = new Set<string>();
  const basesSeen = new Set<string>();
  const decidedOnce: DecidedCell[] = [];
  let tooLarge: TooLargeError | null = null;
  let unlimited: { readonly example: string; readonly allows: readonly string[] } | null = null;

  for (const cell of space.partition.cellsOf(interaction)) {
    try {
      const decided = space.decide(cell);
      const { decision, facts } = decided;
      if (!seen.has(cell.key)) {
        seen.add(cell.key);
        decidedOnce.push(decided);
        for (const [index, { rule }] of decision.rules.entries()) {
          const written = rules.get(rule.path);
          if (written === undefined) continue;
          const about = records.get(rule.path) ?? newRecord();
          records.set(rule.path, about);
          record(space, decided, index, written, about);
        }
        if (isOn("conflicting-bases")) findings.push(...conflictingBases(world, decided, rules, basesSeen));
        if (unlimited === null && interaction.startedBy === "company" && isOn("outbound-without-limit")) {
          const limits = limitsOf(facts.diagrams, decision).map(({ where }) => facts.diagrams.not(where));
          const free = facts.diagrams.all([decision.allowed, ...limits]);
          if (free !== FALSE)
            unlimited = { example: exampleOf(world, cell, decided.context, free), allows: allowsOf(cell) };
        }
      }
      if (decision.allowed === FALSE) continue;
      allowed.isSomething = true;
      for (const purpose of cell.purposes) allowed.purposes.add(purpose);
      for (const { channel } of cell.routes) allowed.channels.add(channel);
      privacy.look(decided);
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      tooLarge ??= error;
    }
  }
  if (tooLarge !== null)
    return {
      findings: [tooComplex(interaction.id, tooLarge, rules)],
      ...{ records: new Map(), allowedFields: privacy.allowedFields, isAnythingAllowed: true },
    };
  if (unlimited !== null)
    findings.push({
      ...{ lint: "outbound-without-limit", at: { kind: "declaration", id: interaction.id } },
      words: [interaction.name, unlimited.example],
      related: unlimited.allows.map((path) => ({ at: ruleAt(path), message: "This allows it." })),
    });
  findings.push(
    ...privacy.findings,
    ...(isOn("nothing-allowed") ? nothingAllowed(space, interaction, allowed) : []),
    ...(isOn("redundant-rule") ? redundant(interaction, rules, records, decidedOnce) : []),
  );
  return { findings, records, allowedFields: privacy.allowedFields, isAnythingAllowed: allowed.isSomething };
}

function allowsOf({ rules }: Cell): readonly string[] {
  return rules.flatMap(({ rule }) => (rule.effect === "allow" ? [rule.path] : []));
}

export function tooComplex(id: Id, error: TooLargeError, rules: ReadonlyMap<string, Rule>): LintFinding {
  const own = error.rules.filter((path) => rules.has(path)).slice(0, 5);
  return {
    ...{ lint: "too-complex", at: { kind: "declaration", id }, words: [error.message] },
    related: own.map((path) => ({ at: ruleAt(path), message: "Its condition is one of the largest." })),
  };
}

function nothingAllowed(
  { partition, world }: DecisionSpace,
  interaction: Interaction,
  allowed: { readonly purposes: ReadonlySet<Id>; readonly channels: ReadonlySet<Id>; readonly isSomething: boolean },
): readonly LintFinding[] {
  const { id, name } = interaction;
  if (!allowed.isSomething)
    return [{ lint: "nothing-allowed", at: { kind: "declaration", id }, words: ["interaction", name], related: [] }];
  const idle = (kind: "purposes" | "channels") =>
    interaction[kind].filter((bound) => {
      const under = kind === "purposes" ? partition.purposesOf(interaction) : partition.routesOf(interaction);
      const values = new Set(under.map((one) => (typeof one === "string" ? one : one.channel)));
      const isWithin = (one: Id) => one === bound || reaches(world[kind].parents, one, bound);
      return ![...values].some((one) => isWithin(one) && allowed[kind].has(one));
    });
  return [
    ...idle("purposes").map((bound) => ["purpose", bound] as const),
    ...idle("channels").map((bound) => ["channel", bound] as const),
  ].map(([kind, bound]) => ({
    ...{ lint: "nothing-allowed", at: { kind: "bound", interaction: id, id: bound } },
    ...{ words: [kind, name, bound], related: [] },
  }));
}

function reaches(parents: ReadonlyMap<Id, readonly Id[]>, from: Id, to: Id): boolean {
  const found = new Set([from]);
  for (const one of found) for (const parent of parents.get(one) ?? []) found.add(parent);
  return found.has(to);
}

/** Rules of the interaction without which nothing would be decided otherwise; of two that say the same, the later one. */
function redundant(
  interaction: Interaction,
  rules: ReadonlyMap<string, Rule>,
  records: ReadonlyMap<string, RuleRecord>,
  cells: readonly DecidedCell[],
): readonly LintFinding[] {
  const isSuspect = ([path, { decides, needed }]: readonly [string, RuleRecord]) => {
    const rule = rules.get(path)!;
    return rule.interaction === interaction.id && rule.effect === "allow" && decides && !needed;
  };
  const suspects = [...records].filter(isSuspect).map(([path]) => path);
  const leftOut = new Set<string>();
  const findings: LintFinding[] = [];
  for (const path of suspects.sort((a, b) => placeOf(rules.get(b)!) - placeOf(rules.get(a)!))) {
    const rule = rules.get(path)!;
    const others = new Set<string>();
    const isStillNeeded = cells.some((decided) => {
      const index = decided.decision.rules.findIndex((one) => one.rule.path === path);
      if (index < 0) return false;
      if (isNeeded(decided, index, rule, leftOut)) return true;
      const { diagrams } = decided.facts;
      const own = decided.decision.rules[index]!;
      for (const other of decided.decision.rules)
        if (other !== own && other.rule.effect === "allow" && diagrams.and(other.applies, own.applies) !== FALSE)
          others.add(other.rule.path);
      return false;
    });
    if (isStillNeeded) continue;
    leftOut.add(path);
    findings.push({
      ...{ lint: "redundant-rule", at: ruleAt(path), words: [path, [...others].sort().join(", ")] },
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
