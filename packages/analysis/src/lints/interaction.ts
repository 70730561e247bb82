import type { Rule } from "@scruple/model";
import { limitsOf } from "../cell.ts";
import { exampleOf } from "../describe/example.ts";
import { FALSE } from "../node-store.ts";
import type { Marks } from "../space/bit-sets.ts";
import type { CellOf } from "../space/cell-of.ts";
import type { Cells } from "../space/interaction-partition.ts";
import type { DecidedCell, InteractionSpace } from "../space/interaction-space.ts";
import { TooLargeError } from "../too-large-error.ts";
import { ConflictingBases } from "./conflicting-bases.ts";
import { type Lint, type LintFinding, ruleAt } from "./finding.ts";
import { GivenUp } from "./given-up.ts";
import { IdleBounds } from "./idle-bounds.ts";
import { type Interplay, isSettled, nothingShown, record, redundantRules } from "./interplay.ts";
import { PrivacyLints } from "./privacy.ts";
import { ruleAlone } from "./rule-alone.ts";
import { findingsOfRule } from "./rule-findings.ts";
import { Witnesses } from "./witnesses.ts";

/** What one interaction shows; plain data, so that it outlives the space that it was found in. */
export interface InteractionReport {
  /** Of what stands in the interaction. */
  readonly findings: readonly LintFinding[];
  /** Of rules that stand outside interactions. */
  readonly outside: readonly LintFinding[];
  /** What it has shown of what stands outside, on the way. */
  readonly witnesses: Witnesses;
}

export interface InteractionOptions {
  readonly leastGroupSize: number;
  readonly isOn: (lint: Lint) => boolean;
}

/**
 * Looks at the cells of an interaction for as long as they can show anything of it.
 *
 * @param rules Those of the policy, by path: what a used policy says is its own affair.
 */
export function reportInteraction(
  space: InteractionSpace,
  rules: ReadonlyMap<string, Rule>,
  options: InteractionOptions,
): InteractionReport {
  return new InteractionLints(space, rules, options).report();
}

/** Cells that are decided alike, and what is known of them. */
export interface Seen {
  readonly decided: DecidedCell;
  /** Indices of rules of the policy among the allows that let something through. */
  readonly through: readonly number[];
  /** Lints that have nothing more to say of them, as bits. */
  settled: number;
}

class InteractionLints {
  private readonly space: InteractionSpace;
  private readonly rules: ReadonlyMap<string, Rule>;
  private readonly isOn: (lint: Lint) => boolean;
  private readonly asks: Readonly<Record<"whatIsAllowed" | "bases" | "limits", boolean>>;
  private readonly privacy: PrivacyLints;
  private readonly findings: LintFinding[] = [];
  private readonly interplay = new Map<string, Interplay>();
  private readonly seen = new Map<number | string, Seen>();
  private readonly bases: ConflictingBases;
  private readonly idle: IdleBounds;
  private readonly allowed: Uint8Array;
  private readonly unknown: Uint8Array;
  private isAnyAllowed = false;
  /** Its own rules of which it is not known yet what they do among others. */
  private readonly unsettled: Marks;
  /** Limits that bind whatever is allowed. */
  private readonly limiting: Marks;
  private readonly givenUp = new GivenUp();
  /** Something was too much to be known. */
  private mayBeAllowed = false;
  private unlimited: { readonly example: string; readonly allows: readonly string[] } | null = null;

  constructor(space: InteractionSpace, rules: ReadonlyMap<string, Rule>, { leastGroupSize, isOn }: InteractionOptions) {
    this.space = space;
    this.rules = rules;
    this.isOn = isOn;
    this.asks = {
      whatIsAllowed: isOn("nothing-allowed"),
      bases: isOn("conflicting-bases"),
      limits: space.partition.interaction.startedBy === "company" && isOn("outbound-without-limit"),
    };
    const { partition } = space;
    this.allowed = new Uint8Array(partition.ground.places.length);
    this.unknown = new Uint8Array(partition.ground.places.length);
    this.bases = new ConflictingBases(partition, rules);
    this.idle = new IdleBounds(partition);
    this.unsettled = partition.marks("written", ({ rule }) => rule?.interaction != null && rules.has(rule.path));
    this.limiting = partition.marks(limitsAll, ({ rule }) => rule !== null && limitsAll(rule));
    this.privacy = new PrivacyLints(space, rules, leastGroupSize, isOn);
  }

  report(): InteractionReport {
    for (const cell of this.space.partition.cells({ isWorth: (cells) => this.isOpen(cells) })) {
      try {
        this.look(cell);
      } catch (error) {
        if (!(error instanceof TooLargeError)) throw error;
        this.giveUp(cell, error);
      }
    }
    const { interaction } = this.space.partition;
    const cells = [...this.seen.values()].map(({ decided }) => decided);
    this.findings.push(
      ...this.privacy.findings,
      ...this.limits(),
      ...(this.isOn("nothing-allowed") ? this.nothingAllowed() : []),
      ...(this.isOn("redundant-rule") ? redundantRules(interaction.id, this.rules, this.interplay, cells) : []),
      ...this.ofRules(),
      ...this.givenUp.findings(interaction.id, this.rules),
    );
    const findings = this.findings.filter(({ lint }) => this.isOn(lint));
    const isOutside = ({ at }: LintFinding) => at.kind === "rule" && this.rules.get(at.path)!.interaction === null;
    return {
      findings: findings.filter((one) => !isOutside(one)),
      outside: findings.filter(isOutside),
      witnesses: new Witnesses(
        this.allowed,
        this.unknown,
        this.space.partition.reached,
        new Map([...this.interplay].filter(([path]) => this.rules.get(path)!.interaction === null)),
      ),
    };
  }

  /** Whether cells can show anything that others have not. */
  private isOpen(cells: Cells): boolean {
    return (this.asks.whatIsAllowed && (!this.isAnyAllowed || this.idle.isAnyOf(cells))) || this.isOfInterest(cells);
  }
  /** Whether it matters how they are decided, beyond whether anything of them is allowed. */
  private isOfInterest(cells: Cells): boolean {
    const { sets } = this.space.partition;
    const { set } = cells;
    return (
      sets.isMarked(set, this.unsettled) ||
      (this.asksForLimits() && !sets.isMarked(set, this.limiting)) ||
      (this.asks.bases && this.bases.isOpen(set)) ||
      this.privacy.isOpen(cells)
    );
  }

  private asksForLimits(): boolean {
    return this.unlimited === null && this.asks.limits;
  }

  private look(cell: CellOf): void {
    const { key } = cell;
    let seen = this.seen.get(key);
    if (seen === undefined && this.isOfInterest(cell)) {
      seen = this.firstSeen(cell);
      this.seen.set(key, seen);
    }
    const isAllowed = seen === undefined ? this.space.isAllowed(cell) : seen.decided.decision.allowed !== FALSE;
    if (!isAllowed) return;
    if (seen !== undefined) this.privacy.look(cell, seen);
    this.idle.take(cell);
    this.isAnyAllowed = true;
    for (const place of this.space.partition.placesIn(cell.class)) this.allowed[place] = 1;
  }

  private firstSeen(cell: CellOf): Seen {
    const decided = this.space.decide(cell);
    const { decision, facts } = decided;
    const { diagrams } = facts;
    const through: number[] = [];
    const roots = this.space.partition.rootsIn(cell.set);
    for (const [index, { rule, applies }] of decision.rules.entries()) {
      const written = this.rules.get(rule.path);
      if (written === undefined) continue;
      const about = this.about(rule.path);
      record(decided, index, written, about);
      if (isSettled(written, about)) this.unsettled.delete(this.space.partition.root(roots[index]!).at);
      if (written.effect === "allow" && diagrams.and(applies, decision.allowed) !== FALSE) through.push(index);
    }
    if (this.asks.bases) this.findings.push(...this.bases.in(decided));
    if (this.asksForLimits()) {
      const limits = limitsOf(diagrams, decision).map(({ where }) => diagrams.not(where));
      const free = diagrams.all([decision.allowed, ...limits]);
      if (free !== FALSE) {
        const allows = decision.rules.flatMap(({ rule }) => (rule.effect === "allow" ? [rule.path] : []));
        this.unlimited = { example: exampleOf(cell, decided.context, free), allows };
      }
    }
    return { decided, through, settled: 0 };
  }

  private about(path: string): Interplay {
    const known = this.interplay.get(path);
    if (known !== undefined) return known;
    const about = nothingShown();
    this.interplay.set(path, about);
    return about;
  }

  /** Of what is not known nothing is said: its rules may decide, and something of it may be allowed. */
  private giveUp(cell: CellOf, error: TooLargeError): void {
    for (const { rule } of cell.rules) {
      if (!this.rules.has(rule.path)) continue;
      const about = this.about(rule.path);
      about.decides = true;
      about.needed = true;
    }
    const { partition } = this.space;
    for (const root of partition.rootsIn(cell.set)) this.unsettled.delete(partition.root(root).at);
    this.idle.take(cell);
    this.mayBeAllowed = true;
    for (const place of partition.placesIn(cell.class)) this.unknown[place] = 1;
    this.givenUp.add(cell, error);
  }

  private ofRules(): readonly LintFinding[] {
    const { partition } = this.space;
    return [...partition.ownRoots()].flatMap((root) => {
      const rule = partition.root(root).item.rule!;
      const alone = ruleAlone(this.space, root);
      return findingsOfRule(this.space.world, rule, alone, this.interplay.get(rule.path), this.rules);
    });
  }

  private limits(): readonly LintFinding[] {
    if (this.unlimited === null) return [];
    const { id, name } = this.space.partition.interaction;
    const { example, allows } = this.unlimited;
    const related = allows.map((path) => ({ at: ruleAt(path), message: "This allows it." }));
    return [{ lint: "outbound-without-limit", at: { kind: "declaration", id }, words: [name, example], related }];
  }

  private nothingAllowed(): readonly LintFinding[] {
    const { partition } = this.space;
    const { interaction } = partition;
    const { id, name } = interaction;
    if (!this.isAnyAllowed && !this.mayBeAllowed)
      return [{ lint: "nothing-allowed", at: { kind: "declaration", id }, words: ["interaction", name], related: [] }];
    return [
      ...this.idle.of("purposes").map((bound) => ["purpose", bound] as const),
      ...this.idle.of("channels").map((bound) => ["channel", bound] as const),
    ].map(([kind, bound]) => ({
      lint: "nothing-allowed",
      at: { kind: "bound", interaction: id, id: bound },
      words: [kind, name, bound],
      related: [],
    }));
  }
}

/** Denies after so many requests of its data, whatever else they say. */
function limitsAll({ limit, purposes, channels, recipients, when, unless, until, exceptions }: Rule): boolean {
  const isPlain = [purposes, channels, recipients, when, unless, until].every((one) => one === null);
  return limit !== null && isPlain && exceptions.length === 0;
}
