import type { Assignment } from "./assignment.ts";
import type { FactSpace } from "./fact-space.ts";
import { type Node, TRUE } from "./node-store.ts";
import type { Variable } from "./theory/variable.ts";

/** What it costs to give a value to a variable, from 0; `Infinity` forbids it. */
export type Cost = (variable: Variable, value: number) => number;

export interface Cheapest {
  /** Of the variables that matter; all others may have whichever value costs least. */
  readonly assignment: Assignment;
  readonly cost: number;
}

/**
 * Values that make a function of two values true at the least cost, exactly: the shortest path from the root to `true`. Of
 * equally cheap ones, that with the lower values. Null where there are none. A variable that does not matter costs nothing
 * where it is `free`; else it costs what its cheapest value does, and costs are counted above that.
 */
export function cheapest(
  space: FactSpace,
  node: Node,
  cost: Cost,
  untested: "cheapest" | "free" = "cheapest",
): Cheapest | null {
  const { diagrams, variables } = space;
  const best = new Map<Node, { readonly cost: number; readonly value: number }>();
  const all: Float64Array[] = [];
  const costsFor = (index: number) => {
    all[index] ??= costsOf(variables[index]!, cost)[untested];
    return all[index];
  };

  const visit = (at: Node): number => {
    if (at <= TRUE) return at === TRUE ? 0 : Number.POSITIVE_INFINITY;
    const known = best.get(at);
    if (known !== undefined) return known.cost;
    let found = { cost: Number.POSITIVE_INFINITY, value: 0 };
    const costs = costsFor(diagrams.variableOf(at));
    diagrams.eachRun(at, (from, to, child) => {
      const rest = visit(child);
      for (let value = from; value < to; value++) {
        if (costs[value]! + rest < found.cost) found = { cost: costs[value]! + rest, value };
      }
    });
    best.set(at, found);
    return found.cost;
  };

  const total = visit(node);
  if (total === Number.POSITIVE_INFINITY) return null;
  const assignment = new Map<number, number>();
  for (let at = node; at > TRUE; ) {
    const { value } = best.get(at)!;
    assignment.set(diagrams.variableOf(at), value);
    at = diagrams.childAt(at, value);
  }
  return { assignment, cost: total };
}

/** The cheapest value of a variable, the lowest of several. */
export function cheapestValue(variable: Variable, cost: Cost): number {
  return costsOf(variable, cost).cheapest.indexOf(0);
}

/** What each value costs; `cheapest`: above what the cheapest does. */
interface Costs {
  readonly free: Float64Array;
  readonly cheapest: Float64Array;
}
const known = new WeakMap<Cost, WeakMap<Variable, Costs>>();

function costsOf(variable: Variable, cost: Cost): Costs {
  const byVariable = known.get(cost) ?? new WeakMap<Variable, Costs>();
  known.set(cost, byVariable);
  const costs = byVariable.get(variable) ?? computeCosts(variable, cost);
  byVariable.set(variable, costs);
  return costs;
}
function computeCosts(variable: Variable, cost: Cost): Costs {
  const free = Float64Array.from({ length: variable.arity }, (_, value) => cost(variable, value));
  const least = free.reduce((a, b) => Math.min(a, b));
  return { free, cheapest: free.map((one) => one - least) };
}
