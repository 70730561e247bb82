import {
  type Assignment,
  type Cell,
  type DecisionSpace,
  nearestChanges,
  type Scope,
  smallestWitness,
  TooLargeError,
  wireFacts,
} from "@scruple/analysis";
import { type Act, canonical, evaluator, type Id, type Verdict } from "@scruple/model";
import { type Asked, askable, requestOf } from "./asked.ts";
import { readInBounds } from "./read-in-bounds.ts";
import type { TestResult } from "./run-tests.ts";

/**
 * Requests that the same rules with the same exceptions bear on, and are decided alike; none of them is asked by a test. The one
 * that is shown has the fewest facts; of what is denied, it is one that a small step would allow.
 */
export interface UncoveredCell extends Asked {
  /** Paths of the rules that bear on it. */
  readonly rules: readonly string[];
}
export interface CellCoverage {
  readonly total: number;
  readonly covered: number;
  readonly uncovered: readonly UncoveredCell[];
  /** Why some regions were not looked at, in sentences. */
  readonly notes: readonly string[];
}
/** The same of each interaction that was looked at, by its id. */
export type CellsByInteraction = ReadonlyMap<Id, { readonly total: number; readonly covered: number }>;
export interface CellsCovered extends CellCoverage {
  readonly byInteraction: CellsByInteraction;
}

/**
 * Which decision regions of a policy tests reach: requests that the same rules with the same exceptions bear on, some allow
 * among them, parted into those that are allowed and those that are denied. In pieces of work, one a cell.
 */
export function* cellCoverage(
  space: DecisionSpace,
  results: readonly TestResult<Verdict>[],
  scope: Pick<Scope, "interactions"> = {},
): Generator<void, CellsCovered> {
  const { model } = space.world;
  const seen = new Set(
    results.flatMap(({ cases }) => cases.flatMap(({ request, decision }) => regionsOf(space, request, decision))),
  );
  const { decide } = evaluator(model);
  const uncovered: UncoveredCell[] = [];
  const all = new Set<string>();
  const notes = new Set<string>();
  const byInteraction = new Map<Id, { total: number; covered: number }>();
  let total = 0;
  for (const cell of space.cells(scope)) {
    yield;
    const key = keyOf(cell.interaction.id, cell.rules);
    if (all.has(key)) continue;
    all.add(key);
    const own = byInteraction.get(cell.interaction.id) ?? { total: 0, covered: 0 };
    byInteraction.set(cell.interaction.id, own);
    for (const [outcome, assignment] of outcomesOf(space, cell, notes)) {
      total++;
      own.total++;
      if (seen.has(`${outcome} ${key}`)) {
        own.covered++;
        continue;
      }
      const { context } = space.decide(cell);
      const request = requestOf(space.world, cell, wireFacts(context, assignment));
      const decision = decide(request);
      const rules = cell.rules.map(({ rule }) => rule.path);
      uncovered.push({ policy: model.policy, interaction: cell.interaction.name, rules, request, decision });
    }
  }
  return { total, covered: total - uncovered.length, uncovered, notes: [...notes], byInteraction };
}

type Outcome = readonly ["allow" | "deny", Assignment];

/** How requests of a cell can come out, each with facts under which they do: as few as can be, and for a denial one step away. */
function outcomesOf(space: DecisionSpace, cell: Cell, notes: Set<string>): readonly Outcome[] {
  try {
    const { facts, context, decision } = space.decide(cell);
    const asked = { allowed: askable(facts, decision.allowed), denied: askable(facts, decision.denied) };
    const [allowed, denied] = [asked.allowed, asked.denied].map((node) => smallestWitness(facts, node));
    const start = allowed && new Map(context.variables.map(({ index }) => [index, allowed.get(index) ?? 0]));
    const turned = start && nearestChanges(context, start, asked.denied, 1)[0]?.assignment;
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

/** What a request reaches, a key for each piece of its data: the rules that bear on it, and how it is decided. */
export function regionsOf(space: DecisionSpace, raw: unknown, { decision }: Verdict): readonly string[] {
  const read = readInBounds(space.world, raw);
  if (read === null) return [];
  return read.pieces.map(({ field }) => {
    const act: Act = { ...read, field, with: read.with?.field ?? null };
    return `${decision} ${keyOf(read.interaction, space.partition.rulesFor(act))}`;
  });
}
