import { type Cell, type WireFacts, wireRequest } from "@scruple/analysis";
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
