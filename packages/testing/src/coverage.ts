import { DecisionSpace, finished } from "@scruple/analysis";
import { type Evaluator, evaluator, type Id, type Model, type Rule, type Verdict } from "@scruple/model";
import type { Asked } from "./asked.ts";
import { requestsTaking } from "./branch-requests.ts";
import { type Branch, type BranchedRule, Branches, keyOf, ownPath } from "./branches.ts";
import { type CellCoverage, type CellsByInteraction, type CellsCovered, cellCoverage } from "./cell-coverage.ts";
import type { TestResult } from "./run-tests.ts";

export interface Covered {
  readonly covered: number;
  readonly total: number;
  /** 0..100, rounded down to one decimal; 100 where there is nothing to cover. */
  readonly percent: number;
}
/** Where something stands that no test has reached. */
export interface Uncovered {
  readonly policy: string;
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
/** A condition that was never seen to come out one way. */
export interface UncoveredBranch extends Uncovered {
  readonly condition: string;
  readonly never: boolean;
}
export interface Coverage {
  /** Decision regions: what the same rules with the same exceptions bear on, allowed or denied. */
  readonly cells: Covered & Pick<CellCoverage, "uncovered" | "notes">;
  /** Rules that took part in some decision: as a reason or, with `after`, as a limit. */
  readonly rules: Covered & { readonly uncovered: readonly Uncovered[] };
  /** Conditions of rules, seen true and seen false: two for each, but for those that cannot be. */
  readonly branches: Covered & {
    /** Each with a request that would take it; null where it could not be looked for, or nothing can be asked of the policy. */
    readonly uncovered: readonly (UncoveredBranch & { readonly asked: Asked | null })[];
    /** Those that no request takes; they are not counted. */
    readonly unreachable: readonly UncoveredBranch[];
    /** Why some requests were not looked at, in sentences. */
    readonly notes: readonly string[];
  };
}

/** What tests reach, rule by rule and interaction by interaction, for somebody who looks at the text. */
export interface CoverageDetails {
  readonly rules: readonly {
    readonly policy: string;
    /** Its path in its own policy. */
    readonly rule: string;
    readonly isReached: boolean;
    /** Ways in which its conditions can come out; those that no request takes are left out. */
    readonly branches: readonly (Branch & { readonly isTaken: boolean })[];
  }[];
  readonly cells: CellsByInteraction;
}

interface Entry {
  readonly at: Uncovered;
  decided: boolean;
  /** By condition and value. */
  readonly branches: ReadonlyMap<string, Branch>;
  readonly taken: Set<string>;
  /** The rule as the models that have it know it. */
  readonly models: (readonly [Looked, BranchedRule])[];
}
/** A model, and what is asked about it. */
interface Looked {
  readonly space: DecisionSpace;
  readonly reference: Evaluator;
}

/** Collects what the tests of a project's policies reach in the rules that the project declares. */
export class CoverageCollector {
  readonly #entries = new Map<string, Entry>();
  readonly #cells: CellsCovered[] = [];
  readonly #project: ReadonlySet<string>;

  /** @param policies the names of the project's own policies: what `std` denies is not the project's to test */
  constructor(policies: Iterable<string>) {
    this.#project = new Set(policies);
  }

  add(...given: Parameters<CoverageCollector["addInSteps"]>): void {
    finished(this.addInSteps(...given));
  }

  /**
   * In pieces of work between which something else can be done.
   *
   * @param of a space of the model that is there already, and the interaction that alone is to be looked at
   */
  *addInSteps(
    model: Model,
    results: readonly TestResult<Verdict>[],
    of: { readonly space?: DecisionSpace; readonly only?: Id } = {},
  ): Generator<void, void> {
    const { space = new DecisionSpace(model), only } = of;
    const looked: Looked = { space, reference: evaluator(model) };
    this.#cells.push(yield* cellCoverage(space, results, only === undefined ? {} : { interactions: [only] }));
    const isMeant = ({ policy, interaction }: Rule) =>
      this.#project.has(policy) && (only === undefined || interaction === only);
    const branches = new Branches(model, isMeant);
    for (const one of branches.rules) this.#enter(looked, one);
    for (const { request, decision } of results.flatMap(({ cases }) => cases)) {
      yield;
      const decided = new Set([...decision.rules, ...decision.limits.map(({ rule }) => rule)]);
      for (const { rule } of branches.rules) if (decided.has(rule.path)) this.#entries.get(keyOf(rule))!.decided = true;
      for (const { rule, ...branch } of branches.takenBy(request))
        this.#entries.get(keyOf(rule))!.taken.add(keyOf(rule, branch));
    }
  }

  #enter(looked: Looked, one: BranchedRule): void {
    const { rule, conditions } = one;
    const key = keyOf(rule);
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      const { file, line, column } = rule.at;
      const branches = conditions.flatMap(({ label }) =>
        [true, false].map((value): Branch => ({ condition: label, value })),
      );
      entry = {
        at: {
          ...{ policy: rule.policy, rule: ownPath(rule) },
          ...{ file: looked.space.world.model.files[file] ?? "", line, column },
        },
        decided: false,
        branches: new Map(branches.map((branch) => [keyOf(rule, branch), branch])),
        taken: new Set(),
        models: [],
      };
      this.#entries.set(key, entry);
    }
    entry.models.push([looked, one]);
  }

  /** In pieces of work, one a rule. */
  *details(): Generator<void, CoverageDetails> {
    const rules: CoverageDetails["rules"][number][] = [];
    for (const entry of this.#entries.values()) {
      yield;
      const { at, decided, branches, taken } = entry;
      const out = new Set(missedBranches(entry).unreachable.map(({ condition, never }) => `${never} ${condition}`));
      rules.push({
        ...{ policy: at.policy, rule: at.rule, isReached: decided },
        branches: [...branches]
          .filter(([, { condition, value }]) => !out.has(`${value} ${condition}`))
          .map(([key, branch]) => ({ ...branch, isTaken: taken.has(key) })),
      });
    }
    return { rules, cells: new Map(this.#cells.flatMap(({ byInteraction }) => [...byInteraction])) };
  }

  result(): Coverage {
    const entries = [...this.#entries.values()].sort((a, b) => compare(a.at, b.at));
    const idle = entries.filter(({ decided }) => !decided).map(({ at }) => at);
    const missed = entries.map((entry) => missedBranches(entry));
    const uncovered = missed.flatMap((one) => one.uncovered);
    const covered = entries.reduce((all, { taken }) => all + taken.size, 0);
    const sum = (what: "covered" | "total") => this.#cells.reduce((all, one) => all + one[what], 0);
    return {
      cells: {
        ...share(sum("covered"), sum("total")),
        uncovered: this.#cells.flatMap((one) => one.uncovered),
        notes: [...new Set(this.#cells.flatMap((one) => one.notes))],
      },
      rules: { ...share(entries.length - idle.length, entries.length), uncovered: idle },
      branches: {
        ...share(covered, covered + uncovered.length),
        uncovered,
        unreachable: missed.flatMap((one) => one.unreachable),
        notes: [...new Set(missed.flatMap((one) => one.notes))],
      },
    };
  }
}

type Missed = Pick<Coverage["branches"], "uncovered" | "unreachable" | "notes">;

function missedBranches({ at, branches, taken, models }: Entry): Missed {
  const missed = [...branches].flatMap(([key, branch]) => (taken.has(key) ? [] : [branch]));
  const asked = new Map<Branch, Asked>();
  const notes = new Set<string>();
  for (const [{ space, reference }, rule] of models) {
    const left = missed.filter((branch) => !asked.has(branch));
    const { found, notes: more } = requestsTaking(space, rule, left);
    for (const [branch, { interaction, request }] of found) {
      const { policy } = space.world.model;
      asked.set(branch, { policy, interaction, request, decision: reference.decide(request) });
    }
    for (const note of more) notes.add(note);
  }
  // Of a policy of which nothing can be asked by itself, others may yet come to ask it.
  const isKnown = notes.size === 0 && models.some(([{ space }]) => space.world.model.interactions.length > 0);
  const told = missed.map((branch) => ({
    ...{ ...at, condition: branch.condition, never: branch.value },
    asked: asked.get(branch) ?? null,
  }));
  return {
    uncovered: told.filter((one) => one.asked !== null || !isKnown),
    unreachable: isKnown ? told.flatMap(({ asked: found, ...rest }) => (found === null ? [rest] : [])) : [],
    notes: [...notes],
  };
}

function share(covered: number, total: number): Covered {
  return { covered, total, percent: total === 0 ? 100 : Math.floor((covered * 1000) / total) / 10 };
}

function compare(a: Uncovered, b: Uncovered): number {
  return a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;
}
