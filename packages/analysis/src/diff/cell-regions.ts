import type { Id } from "@scruple/model";
import { decideCell } from "../cell.ts";
import type { Context } from "../context.ts";
import { FactSpace } from "../fact-space.ts";
import { FALSE, type Node, TRUE } from "../node-store.ts";
import { TooLargeError } from "../too-large-error.ts";
import type { Joined } from "./join-models.ts";
import { causesOf, conditionsIn, type Problem, problemsOf } from "./problems.ts";
import { type Asked, mentionsIn, type Solved, Solver } from "./solver.ts";
import type { StaticSpace } from "./static-cells.ts";
import type { Strictness } from "./strictness.ts";

export type Kind = "widened" | "narrowed" | "duties";

/**
 * How far the rules that are the same in both models leave a change to show:
 *
 * - `allowed`: where one of them allows, and none denies;
 * - `silent`: where none of them allows or denies;
 * - `undenied`: where none of them denies;
 * - `bound`: where both models allow, and none of these rules asks for the same anyway.
 */
export type Leave = "allowed" | "silent" | "undenied" | "bound";

/** Where two models decide otherwise: a region of facts, for the cells of a problem. */
export interface Region {
  readonly kind: Kind;
  readonly problem: Problem;
  readonly context: Context;
  readonly where: Node;
  /** The region is where this holds, as far as the rules that are the same leave it to. It depends on the changed rules alone. */
  readonly change: Node;
  readonly leave: Leave;
  /** Null where something else is decided. */
  readonly bound: Strictness | null;
  /** Paths of what one model has and the other has not, or otherwise, as far as it can matter. */
  readonly causes: readonly string[];
  /** The same region, with the variables of consents and objections as they are meant for another cell. */
  contextFor(purpose: Id): Context;
}

/**
 * @param isAsked Which interactions it is about; by default all
 * @throws TooLargeError that names the rules with the largest conditions
 */
export function* regionsOf(
  joined: Joined,
  space: StaticSpace,
  isAsked?: (interaction: Id) => boolean,
): Generator<Region> {
  const problems = problemsOf(joined, space, isAsked);
  const spaces = new Spaces(joined, problems);
  for (const problem of problems) yield* spaces.solve(problem);
}

/**
 * One space of facts for all problems, since many share conditions. When it is full another takes its place; a problem that is too
 * large even then is asked in a space of its own, which has no more variables than it needs.
 */
class Spaces {
  private readonly joined: Joined;
  private readonly all: () => FactSpace;
  private shared: Solver | null = null;

  constructor(joined: Joined, problems: readonly Problem[]) {
    this.joined = joined;
    const rules = new Set(problems.flatMap(({ unchanged, changed }) => [...unchanged, ...changed[0], ...changed[1]]));
    const expressions = [...new Set([...rules].flatMap(({ rule }) => rule.condition))];
    this.all = () => new FactSpace(joined.facts, expressions);
  }

  solve(problem: Problem): readonly Region[] {
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        this.shared ??= new Solver(this.joined, this.all());
        return regionsIn(this.shared, problem);
      } catch (error) {
        if (!(error instanceof TooLargeError)) throw error;
        this.shared = null;
      }
    }
    try {
      const alone = new Solver(this.joined, new FactSpace(this.joined.facts, conditionsIn(problem)));
      tryEach(alone, problem);
      return regionsIn(alone, problem);
    } catch (error) {
      if (!(error instanceof TooLargeError) || error.rules.length > 0) throw error;
      throw new TooLargeError(error.limit, pathsIn(problem), error.what);
    }
  }
}

/** Those that are not the same in both models first. */
function pathsIn({ unchanged, changed }: Problem): readonly string[] {
  return [...new Set([...changed, unchanged].flatMap((rules) => rules.map(({ rule }) => rule.rule.path)))];
}

/** @throws TooLargeError that names the rule at which it became too much */
function tryEach(solver: Solver, problem: Problem): void {
  for (const [part, rules] of [problem.unchanged, ...problem.changed].entries()) {
    const { context } = askedFor(solver, problem, part === 1 ? 0 : 1, problem.purpose);
    decideCell(
      context,
      rules.map(({ rule }) => rule),
    );
  }
}

function askedFor(solver: Solver, problem: Problem, side: 0 | 1, purpose: Id): Asked {
  const mentions = mentionsIn([problem.unchanged, ...problem.changed]);
  return solver.ask(problem.startedBy[side], purpose, mentions, () => conditionsIn(problem));
}

/** Of the rules that changed, those that have to do with a region: they say otherwise somewhere in it. */
function causesIn(
  solver: Solver,
  problem: Problem,
  asked: readonly [Asked, Asked],
  where: Node,
  what: "decides" | "binds",
): readonly string[] {
  const causes = causesOf(problem, what);
  if (causes.length === 1) return causes;
  const byPath = (side: 0 | 1) => new Map(problem.changed[side].map((said) => [said.rule.rule.path, said]));
  const [before, after] = [byPath(0), byPath(1)];
  const found = causes.filter(
    (path) => path === problem.cause || solver.isOtherwise([before.get(path), after.get(path)], asked, where, what),
  );
  return found.length === 0 ? causes : found;
}

function regionsIn(solver: Solver, problem: Problem): readonly Region[] {
  const { diagrams } = solver.facts;
  const then = askedFor(solver, problem, 0, problem.purpose);
  const now = problem.startedBy[0] === problem.startedBy[1] ? then : askedFor(solver, problem, 1, problem.purpose);
  const solved = solver.solve(solver.sumsOf(problem, [then, now]), problem.inBounds);
  if (solved === null) return [];
  const { allowed, undenied } = solved;
  const [before, after] = [diagrams.and(allowed[0], undenied), diagrams.and(allowed[1], undenied)];
  const found: Difference[] = before === after ? [] : [...turns(solver, problem, solved)];
  const both = diagrams.and(before, after);
  if (both !== FALSE) {
    const { gone, come } = solver.boundOtherwise([solver.boundIn(problem, [then, now])]);
    const add = (bound: Strictness, change: Node) =>
      change !== FALSE && found.push({ kind: "duties", leave: "bound", bound, change, left: both });
    add("looser", solver.turned(gone, come));
    add("tighter", solver.turned(come, gone));
    add("otherwise", diagrams.and(gone, come));
  }
  return found.flatMap(({ kind, leave, bound, change, left }) => {
    const where = solver.exact(diagrams.and(change, left));
    if (where === FALSE) return [];
    return {
      kind,
      problem,
      where,
      leave,
      bound,
      change: solver.exact(change),
      context: now.context,
      causes: causesIn(solver, problem, [then, now], where, kind === "duties" ? "binds" : "decides"),
      contextFor: (its: Id) => askedFor(solver, problem, 1, its).context,
    };
  });
}

interface Difference {
  readonly kind: Kind;
  readonly leave: Leave;
  readonly bound: Strictness | null;
  readonly change: Node;
  /** Where the rules that are the same leave the change to show. */
  readonly left: Node;
}

/**
 * An act is allowed where some allow applies and no denial does. So with what the unchanged rules come to (some allows, some denies)
 * taken as given, what the changed ones make of it depends on them alone.
 */
function turns(
  solver: Solver,
  { inBounds }: Problem,
  { same, before, after, undenied }: Solved,
): readonly Difference[] {
  const { diagrams } = solver.facts;
  const found: Difference[] = [];
  const [withAllow, alone] = [TRUE, FALSE].map((some) => ({
    from: inBounds[0] ? solver.allowed(before, some) : FALSE,
    to: inBounds[1] ? solver.allowed(after, some) : FALSE,
  })) as [FromTo, FromTo];
  for (const kind of ["widened", "narrowed"] as const) {
    const turned = ({ from, to }: FromTo) => (kind === "widened" ? solver.turned(to, from) : solver.turned(from, to));
    const [given, without] = [turned(withAllow), turned(alone)];
    if (given === without) found.push({ kind, leave: "undenied", bound: null, change: without, left: undenied });
    else {
      const { permitted } = same;
      const left = { allowed: diagrams.and(undenied, permitted), silent: solver.turned(undenied, permitted) };
      found.push({ kind, leave: "allowed", bound: null, change: given, left: left.allowed });
      found.push({ kind, leave: "silent", bound: null, change: without, left: left.silent });
    }
  }
  return found;
}

/** Where the first model allows, and where the second does. */
interface FromTo {
  readonly from: Node;
  readonly to: Node;
}
