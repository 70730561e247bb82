import {
  type Assignment,
  type Cell,
  DecisionSpace,
  nearestChanges,
  smallestWitness,
  TooLargeError,
  wireFacts,
  wireRequest,
} from "@scruple/analysis";
import { type Act, canonical, type Decision, evaluator, type Model, readRequest } from "@scruple/model";
import type { TestResult } from "./run-tests.ts";

/** Requests that the same rules with the same exceptions bear on, and are decided alike; none of them is asked by a test. */
export interface UncoveredCell {
  readonly policy: string;
  readonly interaction: string;
  /** Paths of the rules that bear on it. */
  readonly rules: readonly string[];
  /** One of its requests, with the fewest facts; of what is denied, one that a small step would allow. */
  readonly request: Readonly<Record<string, unknown>>;
  /** How the request is decided, in a test: consents and objections are none unless given. */
  readonly decision: Decision;
}
export interface CellCoverage {
  readonly total: number;
  readonly covered: number;
  readonly uncovered: readonly UncoveredCell[];
  /** Why some regions were not looked at, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Which decision regions of a policy tests reach: requests that the same rules with the same exceptions bear on, some allow
 * among them, parted into those that are allowed and those that are denied.
 */
export function cellCoverage(model: Model, results: readonly TestResult[]): CellCoverage {
  const space = new DecisionSpace(model);
  const seen = reached(space, results);
  const { decide } = evaluator(model);
  const uncovered: UncoveredCell[] = [];
  const all = new Set<string>();
  const notes = new Set<string>();
  let total = 0;
  for (const cell of space.cells()) {
    const key = keyOf(cell.interaction.id, cell.rules);
    if (all.has(key)) continue;
    all.add(key);
    for (const [outcome, assignment] of outcomesOf(space, cell, notes)) {
      total++;
      if (seen.has(`${outcome} ${key}`)) continue;
      const { context } = space.decide(cell);
      const wire = wireRequest(space.world, cell, wireFacts(context, assignment));
      const request = { ...wire, consents: wire.consents ?? [], objections: wire.objections ?? [] };
      const decision = decide(request);
      const rules = cell.rules.map(({ rule }) => rule.path);
      uncovered.push({ policy: model.policy, interaction: cell.interaction.name, rules, request, decision });
    }
  }
  return { total, covered: total - uncovered.length, uncovered, notes: [...notes] };
}

type Outcome = readonly ["allow" | "deny", Assignment];

/** How requests of a cell can come out, each with facts under which they do: as few as can be, and for a denial one step away. */
function outcomesOf(space: DecisionSpace, cell: Cell, notes: Set<string>): readonly Outcome[] {
  try {
    const { facts, context, decision } = space.decide(cell);
    const [allowed, denied] = [decision.allowed, decision.denied].map((node) => smallestWitness(facts, node));
    const start = allowed && new Map(context.variables.map(({ index }) => [index, allowed.get(index) ?? 0]));
    const turned = start && nearestChanges(context, start, decision.denied, 1)[0]?.assignment;
    const nearest = turned ?? denied;
    return [...(allowed ? [["allow", allowed] as const] : []), ...(nearest ? [["deny", nearest] as const] : [])];
  } catch (error) {
    if (!(error instanceof TooLargeError)) throw error;
    notes.add(error.message);
    return [];
  }
}

function keyOf(interaction: string, rules: Cell["rules"]): string {
  return canonical([interaction, rules.map(({ rule, condition }) => [rule.path, condition])]);
}

function reached(space: DecisionSpace, results: readonly TestResult[]): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const { request, decision } of results.flatMap(({ cases }) => cases)) {
    const read = readRequest(space.world, request);
    if (!("pieces" in read)) continue;
    for (const { field } of read.pieces) {
      const act: Act = { ...read, field, with: read.with?.field ?? null };
      seen.add(`${decision.decision} ${keyOf(read.interaction, space.partition.rulesFor(act))}`);
    }
  }
  return seen;
}
