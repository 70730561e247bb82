import type { FactSpace } from "../fact-space.ts";
import { FALSE, type Node, TRUE } from "../node-store.ts";

/** Where a function holds though no explicit consent, or no consent at all, is given to anything. */
export function unlessConsent({ diagrams, variables }: FactSpace, node: Node, least: "explicit" | "any"): Node {
  let where = node;
  for (const index of diagrams.support(node))
    if (variables[index]!.kind === "consent")
      where = diagrams.and(
        where,
        diagrams.branch(index, (value) => (value >= (least === "explicit" ? 2 : 1) ? FALSE : TRUE)),
      );
  return where;
}
