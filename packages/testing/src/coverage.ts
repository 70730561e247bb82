import {
  type Act,
  bearings,
  evaluate,
  indexModel,
  type Model,
  type Moment,
  type Piece,
  type Request,
  type Rule,
  readRequest,
} from "@scruple/model";
import type { CellCoverage } from "./cell-coverage.ts";
import { type RuleCondition, ruleConditions } from "./rule-conditions.ts";
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
export interface Coverage {
  /** Decision regions: what the same rules with the same exceptions bear on, allowed or denied. */
  readonly cells: Covered & Pick<CellCoverage, "uncovered" | "notes">;
  /** Rules that took part in some decision: as a reason or, with `after`, as a limit. */
  readonly rules: Covered & { readonly uncovered: readonly Uncovered[] };
  /** Conditions of rules, seen true and seen false: two for each. */
  readonly branches: Covered & {
    readonly uncovered: readonly (Uncovered & { readonly condition: string; readonly never: boolean })[];
  };
}

interface Entry {
  readonly at: Uncovered;
  decided: boolean;
  /** By label. */
  readonly seen: Map<string, { true: boolean; false: boolean }>;
}

/** Collects what the tests of a project's policies reach in the rules that the project declares. */
export class CoverageCollector {
  readonly #entries = new Map<string, Entry>();
  readonly #cells: CellCoverage[] = [];
  readonly #project: ReadonlySet<string>;

  /** @param policies the names of the project's own policies: what `std` denies is not the project's to test */
  constructor(policies: Iterable<string>) {
    this.#project = new Set(policies);
  }

  add(model: Model, results: readonly TestResult[], cells: CellCoverage): void {
    this.#cells.push(cells);
    const world = indexModel(model);
    const rules = model.rules.filter(({ policy }) => this.#project.has(policy));
    const conditions = new Map(rules.map((rule) => [rule.path, ruleConditions(world, rule)]));
    for (const rule of rules) this.#enter(model, rule, conditions.get(rule.path)!);

    const bearing = new Map(bearings(world).map((one) => [one.path, one]));
    for (const { request, decision } of results.flatMap(({ cases }) => cases)) {
      const decided = new Set([...decision.rules, ...decision.limits.map(({ rule }) => rule)]);
      const read = readRequest(world, request);
      const acts = "pieces" in read ? read.pieces.map((piece) => actOf(read, piece)) : [];
      for (const rule of rules) {
        const entry = this.#entries.get(keyOf(rule))!;
        if (decided.has(rule.path)) entry.decided = true;
        for (const [index, act] of acts.entries()) {
          if (!bearing.get(rule.path)?.selects(act)) continue;
          const moment = momentOf(world, read as Request, (read as Request).pieces[index]!);
          for (const { label, expr, reached } of conditions.get(rule.path)!) {
            if (!reached(act)) continue;
            const value = evaluate(expr, moment);
            if (value !== "unknown") entry.seen.get(label)![`${value}`] = true;
          }
        }
      }
    }
  }

  #enter(model: Model, rule: Rule, conditions: readonly RuleCondition[]): void {
    const key = keyOf(rule);
    if (this.#entries.has(key)) return;
    const { file, line, column } = rule.at;
    this.#entries.set(key, {
      at: { policy: rule.policy, rule: ownPath(rule), file: model.files[file] ?? "", line, column },
      decided: false,
      seen: new Map(conditions.map(({ label }) => [label, { true: false, false: false }])),
    });
  }

  result(): Coverage {
    const entries = [...this.#entries.values()].sort((a, b) => compare(a.at, b.at));
    const uncovered = entries.filter(({ decided }) => !decided).map(({ at }) => at);
    const branches = entries.flatMap(({ at, seen }) =>
      [...seen].flatMap(([condition, values]) =>
        [true, false].map((never) => ({ ...at, condition, never, covered: values[`${never}` as "true" | "false"] })),
      ),
    );
    const missed = branches.filter(({ covered }) => !covered);
    const sum = (what: "covered" | "total") => this.#cells.reduce((all, one) => all + one[what], 0);
    return {
      cells: {
        ...share(sum("covered"), sum("total")),
        uncovered: this.#cells.flatMap((one) => one.uncovered),
        notes: [...new Set(this.#cells.flatMap((one) => one.notes))],
      },
      rules: { ...share(entries.length - uncovered.length, entries.length), uncovered },
      branches: {
        ...share(branches.length - missed.length, branches.length),
        uncovered: missed.map(({ covered: _covered, ...rest }) => rest),
      },
    };
  }
}

function share(covered: number, total: number): Covered {
  return { covered, total, percent: total === 0 ? 100 : Math.floor((covered * 1000) / total) / 10 };
}

/** A rule is the same one in its own policy and in those that use it. */
function keyOf(rule: Rule): string {
  return `${rule.policy}/${ownPath(rule)}`;
}
function ownPath(rule: Rule): string {
  return rule.path.slice(rule.path.indexOf("/") + 1);
}

function compare(a: Uncovered, b: Uncovered): number {
  return a.file === b.file ? a.line - b.line || a.column - b.column : a.file < b.file ? -1 : 1;
}

function actOf(request: Request, piece: Piece): Act {
  return { ...request, field: piece.field, with: request.with?.field ?? null };
}

function momentOf(world: Moment["world"], request: Request, piece: Piece): Moment {
  const facts = new Map(request.facts);
  const ages = request.with === null ? [piece.age] : [piece.age, request.with.age];
  if (!ages.includes(undefined)) facts.set("data.age", Math.max(...(ages as number[])));
  return {
    world,
    startedBy: world.interactions.get(request.interaction)?.startedBy ?? null,
    purpose: request.purpose,
    channel: request.channel,
    facts,
    consents: request.consents,
    objections: request.objections,
  };
}
