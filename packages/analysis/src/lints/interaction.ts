import { type Id, type Interaction, lastPart, type Rule } from "@scruple/model";
import { limitsOf } from "../cell.ts";
import { FALSE } from "../node-store.ts";
import type { CellOf } from "../space/cell-of.ts";
import type { DecidedCell, InteractionSpace } from "../space/interaction-space.ts";
import { TooLargeError } from "../too-large-error.ts";
import { exampleOf } from "./example.ts";
import { type Lint, type LintFinding, ruleAt } from "./finding.ts";
import { conflictingBases, type Interplay, record, redundantRules } from "./interplay.ts";
import { PrivacyLints } from "./privacy.ts";
import { ruleAlone } from "./rule-alone.ts";
import { findingsOfRule } from "./rule-findings.ts";

/** What one interaction shows; plain data, so that it outlives the space that it was found in. */
export interface InteractionReport {
  /** Of what stands in the interaction. */
  readonly findings: readonly LintFinding[];
  readonly outside: OutsideReport;
  /** Places of data, by their numbers, of which something is allowed. */
  readonly allowed: Uint8Array;
}

/** What the rules outside interactions do in one, by their paths. */
export interface OutsideReport {
  readonly findings: readonly LintFinding[];
  readonly decides: readonly string[];
  readonly needed: readonly string[];
  readonly cancelledBy: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface InteractionOptions {
  readonly leastGroupSize: number;
  readonly isOn: (lint: Lint) => boolean;
}

/** Looks at every cell of an interaction. `rules` are those of the policy, by path: what a used policy says is its own affair. */
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
  private readonly privacy: PrivacyLints;
  private readonly findings: LintFinding[] = [];
  private readonly interplay = new Map<string, Interplay>();
  private readonly seen = new Map<number | string, Seen>();
  private readonly bases = new Set<string>();
  private readonly purposes = new Set<Id>();
  private readonly channels = new Set<Id>();
  private readonly allowed: Uint8Array;
  /** Classes of which something is allowed. */
  private readonly taken = new Set<object>();
  private readonly errors = new Map<string, TooLargeError>();
  private unlimited: { readonly example: string; readonly allows: readonly string[] } | null = null;

  constructor(space: InteractionSpace, rules: ReadonlyMap<string, Rule>, { leastGroupSize, isOn }: InteractionOptions) {
    this.space = space;
    this.rules = rules;
    this.isOn = isOn;
    this.allowed = new Uint8Array(space.partition.ground.places.length);
    this.privacy = new PrivacyLints(space, rules, leastGroupSize, isOn);
  }

  report(): InteractionReport {
    for (const cell of this.space.partition.cells()) {
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
      ...[...this.errors.values()].map((error) => tooComplex(interaction.id, error, this.rules)),
    );
    const findings = this.findings.filter(({ lint }) => this.isOn(lint));
    const isOutside = ({ at }: LintFinding) => at.kind === "rule" && this.rules.get(at.path)!.interaction === null;
    return {
      findings: findings.filter((one) => !isOutside(one)),
      outside: this.outside(findings.filter(isOutside)),
      allowed: this.allowed,
    };
  }

  private outside(findings: readonly LintFinding[]): OutsideReport {
    const all = [...this.interplay].filter(([path]) => this.rules.get(path)!.interaction === null);
    return {
      findings,
      decides: all.filter(([, { decides }]) => decides).map(([path]) => path),
      needed: all.filter(([, { needed }]) => needed).map(([path]) => path),
      cancelledBy: new Map(
        all.filter(([, one]) => one.cancelledBy.size > 0).map(([path, one]) => [path, one.cancelledBy]),
      ),
    };
  }

  private look(cell: CellOf): void {
    const { key } = cell;
    let seen = this.seen.get(key);
    if (seen === undefined) {
      seen = this.firstSeen(cell);
      this.seen.set(key, seen);
    }
    if (seen.decided.decision.allowed === FALSE) return;
    this.privacy.look(cell, seen);
    if (this.isNew(cell.purposes)) for (const purpose of cell.purposes) this.purposes.add(purpose);
    if (this.isNew(cell.routes)) for (const { channel } of cell.routes) this.channels.add(channel);
    if (!this.isNew(cell.class)) return;
    if (cell.class.places !== null) {
      for (const place of cell.class.places) this.allowed[place] = 1;
      return;
    }
    const { ground } = this.space.partition;
    for (const { field, with: other } of cell.data)
      for (const one of [field, other!]) this.allowed[ground.placeOf(one, null)] = 1;
  }

  /** Cells share their classes of values. */
  private isNew(values: object): boolean {
    if (this.taken.has(values)) return false;
    this.taken.add(values);
    return true;
  }

  private firstSeen(cell: CellOf): Seen {
    const decided = this.space.decide(cell);
    const { decision, facts } = decided;
    const { diagrams } = facts;
    const through: number[] = [];
    for (const [index, { rule, applies }] of decision.rules.entries()) {
      const written = this.rules.get(rule.path);
      if (written === undefined) continue;
      record(decided, index, written, this.about(rule.path));
      if (written.effect === "allow" && diagrams.and(applies, decision.allowed) !== FALSE) through.push(index);
    }
    if (this.isOn("conflicting-bases")) this.findings.push(...conflictingBases(decided, this.rules, this.bases));
    const { startedBy } = this.space.partition.interaction;
    if (this.unlimited === null && startedBy === "company" && this.isOn("outbound-without-limit")) {
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
    const about = { decides: false, needed: false, cancelledBy: new Set<string>() };
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
    for (const purpose of cell.purposes) this.purposes.add(purpose);
    for (const { channel } of cell.routes) this.channels.add(channel);
    // Where it was not a condition that was too much, but what they decide together, all of them are to be named.
    const { limit, rules, what } = error;
    const named = rules.length > 0 ? rules : cell.rules.map(({ rule }) => rule.path);
    const key = [...named].sort().join();
    if (!this.errors.has(key)) this.errors.set(key, new TooLargeError(limit, named, what));
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
    const { partition, world } = this.space;
    const { interaction } = partition;
    const { id, name } = interaction;
    if (this.purposes.size === 0)
      return [{ lint: "nothing-allowed", at: { kind: "declaration", id }, words: ["interaction", name], related: [] }];
    const idle = (kind: "purposes" | "channels") => {
      const under = kind === "purposes" ? partition.purposes : partition.routes.map(({ channel }) => channel);
      return interaction[kind].filter(
        (bound) => !under.some((one) => this[kind].has(one) && reaches(world[kind].parents, one, bound)),
      );
    };
    return [
      ...idle("purposes").map((bound) => ["purpose", bound] as const),
      ...idle("channels").map((bound) => ["channel", bound] as const),
    ].map(([kind, bound]) => ({
      ...{ lint: "nothing-allowed", at: { kind: "bound", interaction: id, id: bound } },
      ...{ words: [kind, name, bound], related: [] },
    }));
  }
}

/** One is the other, or is within it. */
function reaches(parents: ReadonlyMap<Id, readonly Id[]>, from: Id, to: Id): boolean {
  const found = new Set([from]);
  for (const one of found) for (const parent of parents.get(one) ?? []) found.add(parent);
  return found.has(to);
}

/** Said at the rule at which it became too much, if that is one of the policy's. */
function tooComplex(id: Interaction["id"], error: TooLargeError, rules: ReadonlyMap<string, Rule>): LintFinding {
  const [first, ...others] = error.rules.filter((path) => rules.has(path)).slice(0, 5);
  return {
    ...{ lint: "too-complex", at: first === undefined ? { kind: "declaration", id } : ruleAt(first) },
    words: [error.message, lastPart(id)],
    related: others.map((path) => ({ at: ruleAt(path), message: "Its condition is one of the largest." })),
  };
}
