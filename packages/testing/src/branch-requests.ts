import {
  type Cell,
  type Datum,
  type DecisionSpace,
  FALSE,
  type Scope,
  smallestWitness,
  TooLargeError,
  type WireFacts,
  wireFacts,
} from "@scruple/analysis";
import {
  type Operation,
  type Rule,
  selectsChannel,
  selectsData,
  selectsOperation,
  selectsPurpose,
} from "@scruple/model";
import { askable, requestOf } from "./asked.ts";
import type { Branch, BranchedRule } from "./branches.ts";
import type { RuleCondition } from "./rule-conditions.ts";

/** What was found of branches that no test takes. A branch without a request cannot be taken, unless something was too large. */
export interface BranchRequests {
  readonly found: ReadonlyMap<
    Branch,
    { readonly interaction: string; readonly request: Readonly<Record<string, unknown>> }
  >;
  /** Why some requests were not looked at, a sentence each. */
  readonly notes: readonly string[];
}

const operations: readonly Operation[] = ["collect", "infer", "combine", "use", "disclose"];

/**
 * For each of some branches of a rule a request that takes it, with as few facts as can be: one that is allowed if there is any, so that
 * what it shows of the rule is not hidden behind what others deny.
 */
export function requestsTaking(
  space: DecisionSpace,
  { rule, bearing, conditions }: BranchedRule,
  wanted: readonly Branch[],
): BranchRequests {
  const found = new Map<Branch, { interaction: string; request: Readonly<Record<string, unknown>> }>();
  const notes = new Set<string>();
  const left = new Set(wanted);
  const byLabel = new Map(conditions.map((condition) => [condition.label, condition]));
  for (const cell of cellsOf(space, rule)) {
    if (left.size === 0) break;
    const { act } = cell;
    if (!bearing.selects(act)) continue;
    for (const branch of left) {
      const condition = byLabel.get(branch.condition)!;
      if (!condition.reached(act)) continue;
      try {
        const request = requestIn(space, cell, condition, branch.value);
        if (request === null) continue;
        found.set(branch, { interaction: cell.interaction.name, request });
        left.delete(branch);
      } catch (error) {
        if (!(error instanceof TooLargeError)) throw error;
        notes.add(error.message);
      }
    }
  }
  return { found, notes: [...notes] };
}

/** The cells that a rule may select: first those that some allow selects. Cells that are decided alike come once. */
function* cellsOf(space: DecisionSpace, rule: Rule): Generator<Cell> {
  const { world } = space;
  const reading = rule.effect === "allow" ? "narrow" : "wide";
  const isMeant = (datum: Datum) => selectsData(world, rule, datum, reading);
  const scope: Scope = {
    ...(rule.interaction === null ? {} : { interactions: [rule.interaction] }),
    operations: operations.filter((operation) => selectsOperation(rule.operations, operation, reading)),
    places: space.ground.placesWhere(isMeant),
    pairs: isMeant,
    purposes: (purpose) => selectsPurpose(world, rule.purposes, purpose, reading),
    routes: ({ channel }) => selectsChannel(world, rule.channels, channel, reading),
  };
  const seen = new Set<string>();
  for (const unselected of rule.effect === "allow" ? [false] : [false, true]) {
    for (const cell of space.cells({ ...scope, unselected })) {
      const key = `${cell.interaction.id} ${cell.key}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield cell;
    }
  }
}

/** @throws TooLargeError */
function requestIn(space: DecisionSpace, cell: Cell, { expr }: RuleCondition, value: boolean) {
  const { context, decision } = space.decide(cell);
  const { diagrams } = context.space;
  const outcome = context.expression(expr);
  const where = askable(context.space, diagrams.isTrue(value ? outcome : diagrams.not(outcome)));
  if (where === FALSE) return null;
  const allowed = diagrams.and(where, decision.allowed);
  const facts = wireFacts(context, smallestWitness(context.space, allowed === FALSE ? where : allowed)!);
  return requestOf(space.world, cell, inOneAge(facts));
}

/** A test has one age for both pieces of a pair; conditions ask that of the older one. */
function inOneAge(wire: WireFacts): WireFacts {
  if (wire.ages === null) return wire;
  const { data, with: other } = wire.ages;
  if (data === null || other === null) return { ...wire, ages: null };
  return { ...wire, facts: { ...wire.facts, "data.age": Math.max(data, other) }, ages: null };
}
