import type { FactSpace } from "../fact-space.ts";
import { FALSE, type Node, TRUE } from "../node-store.ts";

/** Where functions hold though no explicit consent, or no consent at all, is given to anything. */
export class UnlessConsent {
  private readonly known = {
    explicit: new Map<FactSpace, Map<Node, Node>>(),
    any: new Map<FactSpace, Map<Node, Node>>(),
  };

  where(facts: FactSpace, node: Node, least: "explicit" | "any"): Node {
    let known = this.known[least].get(facts);
    if (known === undefined) {
      known = new Map();
      this.known[least].set(facts, known);
    }
    let where = known.get(node);
    if (where === undefined) {
      where = unlessConsent(facts, node, least);
      known.set(node, where);
    }
    return where;
  }
}

function unlessConsent({ diagrams, variables }: FactSpace, node: Node, least: "explicit" | "any"): Node {
  let where = node;
  for (const index of diagrams.support(node))
    if (variables[index]!.kind === "consent")
      where = diagrams.and(
        where,
        diagrams.branch(index, (value) => (value >= (least === "explicit" ? 2 : 1) ? FALSE : TRUE)),
      );
  return where;
}
