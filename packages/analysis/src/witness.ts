import type { Assignment } from "./assignment.ts";
import { type Cost, cheapest, cheapestValue } from "./cheapest.ts";
import type { FactSpace } from "./fact-space.ts";
import type { Node } from "./node-store.ts";
import type { Variable } from "./theory/variable.ts";

/** A known fact weighs more than any choice among its values. */
const fact = 16;

/** What is unknown costs nothing, since it is left out of a request. */
export const fewestFacts: Cost = (variable, value) => {
  switch (variable.kind) {
    case "fact":
      return value === 0 ? 0 : fact + oddity(variable, value);
    case "pair": {
      const { left, right } = variable.combinations[value]!;
      return (left === null ? 0 : fact) + (right === null ? 0 : fact);
    }
    case "chain":
      return variable.combinations[value]!.classes.filter((one) => one !== null).length * fact;
    case "older":
      return value;
    case "younger":
      return value === 0 ? 0 : fact;
    case "known":
      // To have no consents and no objections is the usual thing.
      return value === 0 ? 0 : variable.fact === "consents" || variable.fact === "objections" ? 1 : fact;
    case "member":
      return value;
    case "consent":
      return value === 0 ? 0 : fact + value;
    case "objection":
      return value * fact;
  }
};

/** Nothing may be left open. */
export const knownFacts: Cost = (variable, value) =>
  value < variable.unknowns ? Number.POSITIVE_INFINITY : fewestFacts(variable, value);

function oddity(variable: Variable, value: number): number {
  const isOtherText =
    variable.kind === "fact" && variable.domain.kind === "names" && value > variable.domain.values.length;
  return isOtherText ? 1 : 0;
}

/**
 * The fewest facts under which a function of two values is true; what the assignment leaves out is unknown, and need not be
 * given. Null where it is never true.
 */
export function smallestWitness(space: FactSpace, node: Node): Assignment | null {
  return cheapest(space, node, fewestFacts)?.assignment ?? null;
}

/** One with every variable of `complete` known, and as ordinary as can be. */
export function knownWitness(space: FactSpace, node: Node, complete: readonly number[]): Assignment | null {
  const found = cheapest(space, node, knownFacts);
  if (found === null) return null;
  const others = complete.filter((index) => !found.assignment.has(index)).map((index) => space.variables[index]!);
  return new Map([
    ...found.assignment,
    ...others.map((variable) => [variable.index, cheapestValue(variable, knownFacts)] as const),
  ]);
}
