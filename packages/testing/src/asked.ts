import { type Cell, FALSE, type FactSpace, type Node, TRUE, type WireFacts, wireRequest } from "@scruple/analysis";
import type { Decision, World } from "@scruple/model";

/** A request that a test could ask, and how it is decided. */
export interface Asked {
  /** Which decides it. */
  readonly policy: string;
  readonly interaction: string;
  /** Consents and objections are none unless given, as in a test. */
  readonly request: Readonly<Record<string, unknown>>;
  readonly decision: Decision;
}

/** The request of a cell that its act stands for, as a test would ask it. */
export function requestOf(world: World, cell: Cell, facts: WireFacts): Asked["request"] {
  const wire = wireRequest(world, cell, facts);
  return { ...wire, consents: wire.consents ?? [], objections: wire.objections ?? [] };
}

/** Where of a function of two values a test can ask: consents and objections are known in it, whatever else is not. */
export function askable(space: FactSpace, node: Node): Node {
  const { diagrams } = space;
  const known = ["consents", "objections"].flatMap((whole) => {
    const variable = space.variableOf(whole);
    return variable === undefined ? [] : [diagrams.branch(variable.index, (value) => (value === 0 ? FALSE : TRUE))];
  });
  return diagrams.all([node, ...known]);
}
