import { canonical, type Expr, type Id } from "@scruple/model";
import { type CellDecision, decideCell } from "../cell.ts";
import type { Context } from "../context.ts";
import type { Diagrams } from "../diagrams.ts";
import { FactSpace } from "../fact-space.ts";
import { FALSE, type Node, TRUE } from "../node-store.ts";
import { TooLargeError } from "../too-large-error.ts";
import type { Joined } from "./join-models.ts";
import { type Problem, problemsOf } from "./problems.ts";
import type { StaticSpace } from "./static-cells.ts";

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
  /** Paths of what one model has and the other has not, or otherwise, as far as it can matter. */
  readonly causes: readonly string[];
  /** The same region, with the variables of consents and objections as they are meant for another cell. */
  contextFor(purpose: Id): Context;
}

/** @throws TooLargeError that names the rules with the largest conditions */
export function* regionsOf(joined: Joined, space: StaticSpace): Generator<Region> {
  const problems = problemsOf(joined, space);
  const spaces = new Spaces(joined, problems);
  for (const problem of problems) yield* spaces.solve(problem, (facts) => regionsIn(joined, facts, problem));
}

/**
 * One space of facts for all problems, since many share conditions. When it is full another takes its place; a problem that is too
 * large even then is asked in a space of its own, which has no more variables than it needs.
 */
class Spaces {
  private readonly joined: Joined;
  private readonly all: readonly Expr[];
  private shared: FactSpace | null = null;

  constructor(joined: Joined, problems: readonly Problem[]) {
    this.joined = joined;
    this.all = [...new Set(problems.flatMap(conditionsIn))];
  }

  solve<T>(problem: Problem, ask: (facts: FactSpace) => T): T {
    const attempts = [
      () => this.shared ?? new FactSpace(this.joined.facts, this.all),
      () => new FactSpace(this.joined.facts, this.all),
    ];
    for (const attempt of attempts) {
      try {
        this.shared = attempt();
        return ask(this.shared);
      } catch (error) {
        if (!(error instanceof TooLargeError)) throw error;
        this.shared = null;
      }
    }
    try {
      return ask(new FactSpace(this.joined.facts, conditionsIn(problem)));
    } catch (error) {
      if (!(error instanceof TooLargeError) || error.rules.length > 0) throw error;
      throw new TooLargeError(error.limit, pathsIn(problem), error.what);
    }
  }
}

/** Those that are not the same in both models first. */
function pathsIn({ unchanged, changed }: Problem): readonly string[] {
  return [...new Set([...changed, unchanged].flatMap((rules) => rules.map(({ rule }) => rule.path)))];
}

function conditionsIn({ unchanged, changed }: Problem): readonly Expr[] {
  return [unchanged, ...changed].flatMap((rules) => rules.flatMap(({ condition }) => condition));
}

function regionsIn(joined: Joined, facts: FactSpace, problem: Problem): readonly Region[] {
  const { startedBy, purpose, unchanged, changed, causes, limits } = problem;
  const conditions = conditionsIn(problem);
  const contextFor = (side: 0 | 1, its: Id) => facts.context({ startedBy: startedBy[side], purpose: its }, conditions);
  const contexts = [contextFor(0, purpose), contextFor(1, purpose)] as const;
  const [same, before, after] = [
    decideCell(contexts[1], unchanged),
    decideCell(contexts[0], changed[0]),
    decideCell(contexts[1], changed[1]),
  ];
  const exact = (node: Node) => withoutNever(joined, facts, node);
  return differences(facts.diagrams, problem, same, before, after).flatMap(({ kind, leave, change, left }) => {
    const where = exact(facts.diagrams.and(change, left));
    if (where === FALSE) return [];
    return {
      ...{ kind, problem, where, leave, change: exact(change), context: contexts[1] },
      causes: kind === "duties" ? causes : causes.filter((path) => !limits.has(path)),
      contextFor: (its: Id) => contextFor(1, its),
    };
  });
}

interface Difference {
  readonly kind: Kind;
  readonly leave: Leave;
  readonly change: Node;
  /** Where the rules that are the same leave the change to show. */
  readonly left: Node;
}

/**
 * An act is allowed where some allow applies and no denial does. So with what the unchanged rules come to (some allows, some denies)
 * taken as given, what the changed ones make of it depends on them alone.
 */
function differences(
  diagrams: Diagrams,
  { inBounds }: Problem,
  same: CellDecision,
  before: CellDecision,
  after: CellDecision,
): readonly Difference[] {
  const not = (node: Node) => diagrams.not(node);
  const and = (...nodes: readonly Node[]) => diagrams.all(nodes);
  const undenied = not(same.forbidden);
  const isAllowed = (one: CellDecision, side: 0 | 1, given: Node) =>
    inBounds[side] ? and(diagrams.or(given, one.permitted), not(one.forbidden)) : FALSE;
  const turned = (from: Node, to: Node) => and(to, not(from));
  const found: Difference[] = [];
  const [given, alone] = [TRUE, FALSE].map((some) => [isAllowed(before, 0, some), isAllowed(after, 1, some)] as const);
  for (const kind of ["widened", "narrowed"] as const) {
    const [withAllow, without] = [given!, alone!].map(([from, to]) =>
      kind === "widened" ? turned(from, to) : turned(to, from),
    ) as [Node, Node];
    if (withAllow === without) found.push({ kind, leave: "undenied", change: without, left: undenied });
    else {
      found.push({ kind, leave: "allowed", change: withAllow, left: and(undenied, same.permitted) });
      found.push({ kind, leave: "silent", change: without, left: and(undenied, not(same.permitted)) });
    }
  }
  const both = and(undenied, isAllowed(before, 0, same.permitted), isAllowed(after, 1, same.permitted));
  if (both !== FALSE) {
    const change = boundOtherwise(diagrams, same, before, after);
    found.push({ kind: "duties", leave: "bound", change, left: both });
  }
  return found.filter(({ change }) => change !== FALSE);
}

/** Where something binds in one model alone, whatever is allowed. */
function boundOtherwise(diagrams: Diagrams, same: CellDecision, before: CellDecision, after: CellDecision): Node {
  const [always, one, other] = [same, before, after].map((cell) => bindings(diagrams, cell)) as [
    Bindings,
    Bindings,
    Bindings,
  ];
  const otherwise = [...new Set([...one.keys(), ...other.keys()])].map((key) => {
    const [a, b] = [one.get(key) ?? FALSE, other.get(key) ?? FALSE];
    if (a === b) return FALSE;
    const differ = diagrams.or(diagrams.and(a, diagrams.not(b)), diagrams.and(b, diagrams.not(a)));
    return diagrams.and(differ, diagrams.not(always.get(key) ?? FALSE));
  });
  return diagrams.any(otherwise);
}

/** What binds, as a decision says it, and where it does if the act is allowed. */
type Bindings = ReadonlyMap<string, Node>;

function bindings(diagrams: Diagrams, { rules }: CellDecision): Bindings {
  const found = new Map<string, Node>();
  for (const { rule, condition } of rules) {
    const keys = rule.duties.map(({ name, arguments: given }) => JSON.stringify([name, given]));
    if (rule.limit !== null) keys.push(canonical([rule.path, rule.limit]));
    const binds = diagrams.isNotFalse(condition);
    for (const key of keys) found.set(key, diagrams.or(found.get(key) ?? FALSE, binds));
  }
  return found;
}

function withoutNever({ never }: Joined, space: FactSpace, node: Node): Node {
  const variable = never === null ? undefined : space.variableOf(never);
  return variable === undefined ? node : space.diagrams.restrict(node, variable.index, 0);
}
