import { type Cost, cheapest } from "./cheapest.ts";
import { type Cube, cubeDiagram, valuesWithin } from "./cube.ts";
import type { FactSpace } from "./fact-space.ts";
import { FALSE, type Node } from "./node-store.ts";

/** A region as a union of cubes, none of which can be left out or said more generally. */
export interface Cover {
  readonly cubes: readonly Cube[];
  /** What the cubes do not cover, where there would be more of them than were asked for; else `FALSE`. */
  readonly rest: Node;
}

/** Few variables tell more than many, and what is known more than what is not. */
const short: Cost = (variable, value) => (value < variable.unknowns ? 1.5 : 1);

/**
 * Covers where a function of two values is true: each cube grows from what the ones before left over to as much as the
 * function allows, after Espresso's expand and irredundant (Brayton, Hachtel, McMullen and Sangiovanni-Vincentelli, 1984).
 *
 * @throws TooLargeError
 */
export function cover(space: FactSpace, node: Node, most = 64): Cover {
  const { diagrams } = space;
  const cubes: Cube[] = [];
  let rest = node;
  while (rest !== FALSE && cubes.length < most) {
    const cube = expanded(space, node, seed(space, rest));
    cubes.push(cube);
    rest = diagrams.and(rest, diagrams.not(cubeDiagram(diagrams, cube)));
  }
  return { cubes: needed(space, cubes), rest };
}

/** A path to `true` that tests few variables; each has all the values that lead the same way. */
function seed(space: FactSpace, node: Node): Cube {
  const { diagrams } = space;
  const path = cheapest(space, node, short, "free")!.assignment;
  const cube = new Map<number, Uint8Array>();
  let at = node;
  for (const [variable, value] of path) {
    const mask = new Uint8Array(diagrams.arity(variable));
    diagrams.eachRun(at, (from, to) => {
      if (from <= value && value < to) mask.fill(1, from, to);
    });
    cube.set(variable, mask);
    at = diagrams.childAt(at, value);
  }
  return cube;
}

/** Drops what can be dropped, then widens what is left. What says that a whole is known stays with what says something of it. */
function expanded(space: FactSpace, node: Node, from: Cube): Cube {
  const { diagrams } = space;
  const cube = new Map(from);
  const last = [...cube.keys()].sort((a, b) => b - a);
  for (const widen of [false, true]) {
    for (const index of last.filter((one) => cube.has(one))) {
      if (isNeededBy(space, index, cube)) continue;
      const values = valuesWithin(diagrams, node, cube, index);
      if (values.every((value) => value === 1)) cube.delete(index);
      else if (widen) cube.set(index, values);
    }
  }
  return cube;
}

function isNeededBy({ variables }: FactSpace, index: number, cube: Cube): boolean {
  const whole = variables[index]!;
  if (whole.kind !== "known") return false;
  return [...cube.keys()].some((other) => {
    const part = variables[other]!;
    return (
      (part.kind === "member" && part.fact === whole.fact) ||
      (part.kind === "consent" && whole.fact === "consents") ||
      (part.kind === "objection" && whole.fact === "objections")
    );
  });
}

/** Leaves out cubes, the first found first, that the others cover between them. */
function needed({ diagrams }: FactSpace, cubes: readonly Cube[]): readonly Cube[] {
  const kept = cubes.map((cube) => ({ cube, node: cubeDiagram(diagrams, cube) }));
  for (let i = 0; i < kept.length; ) {
    const others = diagrams.any(kept.filter((_, j) => j !== i).map(({ node }) => node));
    if (kept.length > 1 && diagrams.implies(kept[i]!.node, others)) kept.splice(i, 1);
    else i++;
  }
  return kept.map(({ cube }) => cube);
}
