import type { Assignment } from "./assignment.ts";
import { type Cost, cheapest } from "./cheapest.ts";
import type { Context } from "./context.ts";
import { FALSE, type Node, TRUE } from "./node-store.ts";
import type { Relation } from "./theory/pair.ts";
import type { PairVariable, Variable } from "./theory/variable.ts";

/** A smallest set of changes under which a decision turns. */
export interface Change {
  /** All values after the change. */
  readonly assignment: Assignment;
  /** The variables that differ. */
  readonly changed: readonly Variable[];
}

/** Among values that are as good, the next is better than one further away. */
const perStep = 1 / 1_024;

/**
 * From an assignment of all variables of a space to others under which a function of two values is true: the smallest sets of
 * changes first, and none that holds a smaller one. Nothing that is known becomes unknown.
 *
 * @throws TooLargeError
 */
export function nearestChanges(context: Context, from: Assignment, target: Node, most = 8): readonly Change[] {
  const { space } = context;
  const { diagrams } = space;
  const cost = costOfChange(context, from);
  const changes: Change[] = [];
  for (let left = target; changes.length < most; ) {
    const found = cheapest(space, left, cost);
    if (found === null) break;
    const changed = context.variables.filter(
      ({ index }) => found.assignment.has(index) && found.assignment.get(index) !== from.get(index),
    );
    changes.push({ assignment: new Map([...from, ...found.assignment]), changed });
    if (changed.length === 0) break;
    const asBefore = changed.map(({ index }) =>
      diagrams.branch(index, (value) => (value === from.get(index) ? TRUE : FALSE)),
    );
    left = diagrams.and(left, diagrams.any(asBefore));
  }
  return changes;
}

function costOfChange({ space }: Context, from: Assignment): Cost {
  const isUnknownWhole = (fact: string) =>
    space.variables.some(
      ({ index, kind, ...rest }) => kind === "known" && "fact" in rest && rest.fact === fact && from.get(index) === 0,
    );
  const wholeOf = (variable: Variable) =>
    variable.kind === "member" ? variable.fact : variable.kind === "consent" ? "consents" : "objections";
  return (variable, value) => {
    const before = from.get(variable.index) ?? 0;
    if (value === before) return 0;
    if (variable.kind === "pair") return pairCost(variable, before, value);
    if (value < variable.unknowns) return Number.POSITIVE_INFINITY;
    const steps = before < variable.unknowns ? 0 : Math.abs(value - before) * perStep;
    switch (variable.kind) {
      case "member":
      case "consent":
      case "objection":
        // What is unknown as a whole is given as a whole, at one cost.
        return isUnknownWhole(wholeOf(variable)) ? value * perStep : 1 + steps;
      default:
        return 1 + steps;
    }
  };
}

/** Where two facts are compared, to reach the other is nearer than to pass it by; that weighs less than classes do. */
const perTurn = perStep / 4;
const order = (relation: Relation) => (relation === "<" ? 0 : relation === "=" ? 1 : 2);

/** How many of the two facts change; one of them, if only their relation does. */
function pairCost({ combinations }: PairVariable, before: number, after: number): number {
  const [old, now] = [combinations[before]!, combinations[after]!];
  const isForgotten = (old.left !== null && now.left === null) || (old.right !== null && now.right === null);
  if (isForgotten) return Number.POSITIVE_INFINITY;
  const facts = Number(old.left !== now.left) + Number(old.right !== now.right);
  const step = (one: number | null, other: number | null) =>
    one === null || other === null ? 0 : Math.abs(one - other) * perStep;
  const turn = old.relation === null || now.relation === null ? 0 : Math.abs(order(old.relation) - order(now.relation));
  return Math.max(1, facts) + step(old.left, now.left) + step(old.right, now.right) + turn * perTurn;
}
