import type { LintFinding } from "./finding.ts";
import type { Interplay } from "./interplay.ts";

/**
 * What an interaction shows of what stands outside interactions: data that it allows something of, and what the rules of the whole policy do
 * in it. One interaction that shows it is enough, so the others are asked only for what none has shown yet.
 */
export class Witnesses {
  /** By place of data: whether something of it is allowed. */
  readonly allowed: Uint8Array;
  /** By place of data: the operations, as bits, for which an allow selects it at all, alone or as one of two. */
  readonly reached: Uint8Array;
  /** What rules outside interactions have been seen to do, by their paths. */
  readonly interplay: Map<string, Interplay>;
  /** By place of data: whether there is nothing more to be seen of it. */
  readonly askedPlaces: Uint8Array;
  /** Paths of rules of which there is nothing more to be seen. */
  readonly askedRules = new Set<string>();

  /** What was too much to be known when it was asked. */
  readonly tooLarge: LintFinding[] = [];
  /** It has been said of the interaction that something in it is too much to be known. */
  readonly isToldTooLarge: boolean;

  /** @param unknown By place of data: where it was too much to be known. */
  constructor(allowed: Uint8Array, unknown: Uint8Array, reached: Uint8Array, interplay: Map<string, Interplay>) {
    this.allowed = allowed;
    this.reached = reached;
    this.interplay = interplay;
    this.askedPlaces = unknown;
    this.isToldTooLarge = unknown.includes(1);
  }
}
