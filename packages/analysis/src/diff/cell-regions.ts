import { canonical, type Id } from "@scruple/model";
import { decideCell, type RuleDiagrams, ruleDiagrams } from "../cell.ts";
import type { Context } from "../context.ts";
import type { Diagrams } from "../diagrams.ts";
import { FactSpace } from "../fact-space.ts";
import { FALSE, type Node, TRUE } from "../node-store.ts";
import { TooLargeError } from "../too-large-error.ts";
import type { Joined } from "./join-models.ts";
import { causesOf, conditionsIn, type Problem, problemsOf } from "./problems.ts";
import type { Said } from "./said.ts";
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
        return this.shared.regionsOf(problem);
      } catch (error) {
        if (!(error instanceof TooLargeError)) throw error;
        this.shared = null;
      }
    }
    try {
      const alone = new Solver(this.joined, new FactSpace(this.joined.facts, conditionsIn(problem)));
      alone.tryEach(problem);
      return alone.regionsOf(problem);
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

/** What some rules come to together, as far as the facts go. */
interface Together {
  readonly permitted: Node;
  readonly forbidden: Node;
}

/** Solves problems in one space of facts. */
class Solver {
  private readonly joined: Joined;
  private readonly facts: FactSpace;
  private readonly contexts = new Map<string, Context>();

  constructor(joined: Joined, facts: FactSpace) {
    this.joined = joined;
    this.facts = facts;
  }

  /** @throws TooLargeError that names the rule at which it became too much */
  tryEach(problem: Problem): void {
    for (const [side, rules] of [problem.unchanged, ...problem.changed].entries())
      decideCell(
        this.contextFor(problem, side === 1 ? 0 : 1, problem.purpose),
        rules.map(({ rule }) => rule),
      );
  }

  regionsOf(problem: Problem): readonly Region[] {
    const { diagrams } = this.facts;
    const { purpose, unchanged, changed } = problem;
    const [then, now] = [this.contextFor(problem, 0, purpose), this.contextFor(problem, 1, purpose)];
    const same = together(now, unchanged);
    const [before, after] = [together(then, changed[0]), together(now, changed[1])];
    const undenied = diagrams.not(same.forbidden);
    if (undenied === FALSE) return [];
    const [a, b] = [before, after].map((one, side) =>
      isAllowed(diagrams, one, problem.inBounds[side]!, same.permitted),
    ) as [Node, Node];
    const found: Difference[] = [];
    if (diagrams.and(a, undenied) !== diagrams.and(b, undenied))
      found.push(...turns(diagrams, problem, same, before, after));
    const both = diagrams.all([undenied, a, b]);
    if (both !== FALSE && changed.some((rules) => rules.some(binds))) {
      const [always, one, other] = [bindings(now, unchanged), bindings(then, changed[0]), bindings(now, changed[1])];
      found.push({ kind: "duties", leave: "bound", change: boundOtherwise(diagrams, always, one, other), left: both });
    }
    return found.flatMap(({ kind, leave, change, left }) => {
      const where = this.exact(diagrams.and(change, left));
      if (where === FALSE) return [];
      return {
        ...{ kind, problem, where, leave, change: this.exact(change), context: now },
        causes: causesOf(problem, kind === "duties" ? "binds" : "decides"),
        contextFor: (its: Id) => this.contextFor(problem, 1, its),
      };
    });
  }

  private contextFor(problem: Problem, side: 0 | 1, purpose: Id): Context {
    const startedBy = problem.startedBy[side];
    const mentions = new Set<number>();
    for (const rules of [problem.unchanged, ...problem.changed]) for (const said of rules) mentions.add(said.mentions);
    const key = `${startedBy} ${purpose} ${[...mentions].sort((a, b) => a - b)}`;
    const known = this.contexts.get(key);
    if (known !== undefined) return known;
    const context = this.facts.context({ startedBy, purpose }, conditionsIn(problem));
    this.contexts.set(key, context);
    return context;
  }

  private exact(node: Node): Node {
    const { never } = this.joined;
    const variable = never === null ? undefined : this.facts.variableOf(never);
    return variable === undefined ? node : this.facts.diagrams.restrict(node, variable.index, 0);
  }
}

function diagramsOf(context: Context, { rule }: Said): Pick<RuleDiagrams, "condition" | "applies"> {
  const known = context.memo.rules.get(rule);
  if (known !== undefined) return known;
  const made = ruleDiagrams(context, rule.rule, rule.condition);
  context.memo.rules.set(rule, made);
  return made;
}

function together(context: Context, rules: readonly Said[]): Together {
  const { diagrams } = context.space;
  let [permitted, forbidden]: [Node, Node] = [FALSE, FALSE];
  for (const said of rules) {
    const { rule } = said.rule;
    if (rule.effect === "allow") permitted = diagrams.or(permitted, diagramsOf(context, said).applies);
    else if (rule.limit === null) forbidden = diagrams.or(forbidden, diagramsOf(context, said).applies);
  }
  return { permitted, forbidden };
}

/** @param given Where a rule that is not among them allows */
function isAllowed(diagrams: Diagrams, { permitted, forbidden }: Together, inBounds: boolean, given: Node): Node {
  return inBounds ? diagrams.and(diagrams.or(given, permitted), diagrams.not(forbidden)) : FALSE;
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
function turns(
  diagrams: Diagrams,
  { inBounds }: Problem,
  same: Together,
  before: Together,
  after: Together,
): readonly Difference[] {
  const not = (node: Node) => diagrams.not(node);
  const and = (...nodes: readonly Node[]) => diagrams.all(nodes);
  const undenied = not(same.forbidden);
  const turned = (from: Node, to: Node) => and(to, not(from));
  const found: Difference[] = [];
  const [given, alone] = [TRUE, FALSE].map(
    (some) => [isAllowed(diagrams, before, inBounds[0], some), isAllowed(diagrams, after, inBounds[1], some)] as const,
  );
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
  return found;
}

function binds({ rule: { rule } }: Said): boolean {
  return rule.duties.length > 0 || rule.limit !== null;
}

/** Where something binds in one model alone, whatever is allowed. */
function boundOtherwise(diagrams: Diagrams, always: Bindings, one: Bindings, other: Bindings): Node {
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

function bindings(context: Context, rules: readonly Said[]): Bindings {
  const { diagrams } = context.space;
  const found = new Map<string, Node>();
  for (const said of rules) {
    const { rule } = said.rule;
    if (!binds(said)) continue;
    const keys = rule.duties.map(({ name, arguments: given }) => JSON.stringify([name, given]));
    if (rule.limit !== null) keys.push(canonical([rule.path, rule.limit]));
    const where = diagrams.isNotFalse(diagramsOf(context, said).condition);
    for (const key of keys) found.set(key, diagrams.or(found.get(key) ?? FALSE, where));
  }
  return found;
}
