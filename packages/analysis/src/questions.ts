import type { Diagrams } from "./diagrams.ts";
import { FALSE, type Node, TRUE } from "./node-store.ts";

/** Whether a function of two values is true somewhere. */
export function isSatisfiable(node: Node): boolean {
  return node !== FALSE;
}

/** Whether a function is the same constant wherever all facts are known; null where it is not, or depends on unknowns. */
export function constantOverKnownFacts(diagrams: Diagrams, node: Node): boolean | null {
  const known = diagrams.known(node);
  return known === TRUE ? true : known === FALSE ? false : null;
}

/** Whether one function of two values is true only where the other is. */
export function implies(diagrams: Diagrams, one: Node, other: Node, over: "all" | "known" = "all"): boolean {
  if (over === "all") return diagrams.implies(one, other);
  return diagrams.implies(diagrams.known(one), diagrams.known(other));
}
