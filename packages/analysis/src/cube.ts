import type { Diagrams } from "./diagrams.ts";
import { FALSE, type Node, TRUE } from "./node-store.ts";

/** For some variables the values that they may have, 1 for each of them; a conjunction. Other variables are free. */
export type Cube = ReadonlyMap<number, Uint8Array>;

export function cubeDiagram(diagrams: Diagrams, cube: Cube): Node {
  const last = [...cube].sort(([a], [b]) => b - a);
  return last.reduce(
    (below, [variable, mask]) => diagrams.branch(variable, (value) => (mask[value] ? below : FALSE)),
    TRUE,
  );
}

/** Whether a run of values has one that the cube allows. */
export function allows(mask: Uint8Array | undefined, from: number, to: number): boolean {
  if (mask === undefined) return true;
  for (let value = from; value < to; value++) if (mask[value]) return true;
  return false;
}

/**
 * The values of one variable with which a function of two values is true all over a cube, whatever the cube says of that
 * variable itself.
 */
export function valuesWithin(diagrams: Diagrams, node: Node, cube: Cube, variable: number): Uint8Array {
  const good = new Uint8Array(diagrams.arity(variable)).fill(1);
  const fails = new Map<Node, boolean>();
  const canFail = (at: Node): boolean => {
    if (at <= TRUE) return at !== TRUE;
    const known = fails.get(at);
    if (known !== undefined) return known;
    const mask = cube.get(diagrams.variableOf(at));
    let failing = false;
    diagrams.eachRun(at, (from, to, child) => {
      if (!failing && allows(mask, from, to)) failing = canFail(child);
    });
    fails.set(at, failing);
    return failing;
  };
  const seen = new Set<Node>();
  const visit = (at: Node): void => {
    if (seen.has(at)) return;
    seen.add(at);
    const tested = diagrams.variableOf(at);
    if (tested > variable) {
      if (canFail(at)) good.fill(0);
    } else {
      const mask = cube.get(tested);
      diagrams.eachRun(at, (from, to, child) => {
        if (tested < variable) {
          if (allows(mask, from, to)) visit(child);
        } else if (canFail(child)) good.fill(0, from, to);
      });
    }
  };
  visit(node);
  return good;
}
