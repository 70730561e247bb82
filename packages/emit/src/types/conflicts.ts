import { type Diagrams, FALSE, type Node, TRUE } from "@scruple/analysis";

/** Sets of functions that are never true together, and of which any fewer are. */
export interface Conflicts {
  readonly sets: readonly (readonly Node[])[];
  /** Whether there may be more: the search was given up. */
  readonly isCoarse: boolean;
}

/** So many conjunctions are looked at: enough for dozens of functions, of which mostly all are true together. */
const mostTries = 20_000;

interface Started {
  readonly members: readonly number[];
  readonly all: Node;
}

/**
 * Looks among functions of two values, none of them false, by size, and no further where all that could still be added may be true as
 * well. Sets of which fewer conflict are passed by, as in the search for frequent sets (Agrawal and Srikant, 1994).
 *
 * @throws TooLargeError
 */
export function conflictsAmong(diagrams: Diagrams, functions: Iterable<Node>): Conflicts {
  const nodes = [...new Set(functions)].filter((node) => node !== TRUE).sort((a, b) => a - b);
  /** By index, what is true where all from there on are. */
  const rest: Node[] = [TRUE];
  for (const node of nodes.toReversed()) rest.unshift(diagrams.and(node, rest[0] as Node));
  const sets: Node[][] = [];
  let tries = 0;
  let started: readonly Started[] = rest[0] === FALSE ? [{ members: [], all: TRUE }] : [];
  while (started.length > 0) {
    const longer: Started[] = [];
    for (const { members, all } of started) {
      for (let next = (members.at(-1) ?? -1) + 1; next < nodes.length; next++) {
        if (diagrams.and(all, rest[next] as Node) !== FALSE) break;
        if (++tries > mostTries) return { sets, isCoarse: true };
        const both = diagrams.and(all, nodes[next] as Node);
        const grown = [...members, next];
        if (both !== FALSE) longer.push({ members: grown, all: both });
        else if (isSmallest(grown)) sets.push(grown.map((index) => nodes[index] as Node));
      }
    }
    started = longer;
  }
  return { sets, isCoarse: false };

  function isSmallest(members: readonly number[]): boolean {
    return members.every(
      (left) => diagrams.all(members.flatMap((index) => (index === left ? [] : [nodes[index] as Node]))) !== FALSE,
    );
  }
}
