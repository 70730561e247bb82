import type { Id } from "@scruple/model";
import type { Diagrams } from "../diagrams.ts";
import { FALSE, type Node, TRUE, UNKNOWN } from "../node-store.ts";
import type { Purposes } from "./purposes.ts";

/** Variables by the purpose that they are about; `any` is no id of a purpose, since ids have a dot. */
export type VariableOf = (about: Id | "any") => number;

/**
 * The consents that a question asks for, as diagrams. One variable for each purpose asked for says whether a consent on the
 * request's channel is given for exactly it; that covers what is wholly within. This reaches every feasible answer and no
 * other: whatever consents a request has, it is answered as if it had one for each purpose asked for that is covered. Only a
 * purpose that no request can name needs more, since a consent comes to it from above or from `any` alone.
 *
 * Channels need no variable: a consent on every channel is as good as one on the request's.
 */
export class Consents {
  /** Whose consents have a variable. */
  readonly given: ReadonlySet<Id | "any">;
  private readonly diagrams: Diagrams;
  private readonly purposes: Purposes;
  private readonly known: number;
  private readonly variable: VariableOf;
  private readonly covered = new Map<Id, Node>();

  /** `known` is the variable that says whether consents are known, before all of `variable` in the order. */
  constructor(
    diagrams: Diagrams,
    purposes: Purposes,
    asked: ReadonlySet<Id>,
    ...[known, variable]: readonly [number, VariableOf]
  ) {
    this.diagrams = diagrams;
    this.purposes = purposes;
    this.known = known;
    this.variable = variable;
    const unnameable = [...asked].filter((id) => !purposes.nameable.has(id));
    const candidates = [...asked, ...unnameable.flatMap((id) => purposes.above(id))];
    const nameable = candidates.filter((id) => purposes.nameable.has(id));
    this.given = new Set<Id | "any">([...nameable, ...(unnameable.length > 0 ? ["any"] : [])]);
  }

  /** `consent for` a purpose that was asked for. */
  consent(purpose: Id): Node {
    const all = this.given.has("any") ? this.isGiven("any") : FALSE;
    return this.whereKnown(this.diagrams.or(this.cover(purpose), all));
  }

  explicitConsent(purpose: Id): Node {
    if (!this.given.has(purpose)) return this.whereKnown(FALSE);
    return this.whereKnown(this.diagrams.branch(this.variable(purpose), (value) => (value === 2 ? TRUE : FALSE)));
  }

  private cover(purpose: Id): Node {
    for (const id of this.purposes.above(purpose)) {
      if (this.covered.has(id)) continue;
      const parents = this.purposes.parents(id).map((parent) => this.covered.get(parent)!);
      const fromAbove = parents.length > 0 ? this.diagrams.all(parents) : FALSE;
      this.covered.set(id, this.diagrams.or(this.given.has(id) ? this.isGiven(id) : FALSE, fromAbove));
    }
    return this.covered.get(purpose)!;
  }

  private isGiven(about: Id | "any"): Node {
    return this.diagrams.branch(this.variable(about), (value) => (value === 0 ? FALSE : TRUE));
  }

  private whereKnown(node: Node): Node {
    return this.diagrams.branch(this.known, (value) => (value === 0 ? UNKNOWN : node));
  }
}
