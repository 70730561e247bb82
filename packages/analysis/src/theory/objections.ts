import type { Id } from "@scruple/model";
import type { Diagrams } from "../diagrams.ts";
import { FALSE, type Node, TRUE, UNKNOWN } from "../node-store.ts";
import type { VariableOf } from "./consents.ts";
import type { Purposes } from "./purposes.ts";

/** An objection that a request can make, and all purposes asked for that it reaches. */
interface Objection {
  readonly about: Id | "any";
  readonly reaches: ReadonlySet<Id>;
}

/**
 * The objections that a question asks for, as diagrams. An objection reaches every purpose that overlaps it, so which purposes
 * are objected to together is not free. One variable for each objection that can be made, of those that reach the same only
 * one, and none that several lesser ones make up between them: their unions are exactly the feasible answers.
 */
export class Objections {
  readonly made: readonly Objection[];
  private readonly diagrams: Diagrams;
  private readonly known: number;
  private readonly variable: VariableOf;

  /** `known` is the variable that says whether objections are known, before all of `variable` in the order. */
  constructor(
    diagrams: Diagrams,
    purposes: Purposes,
    asked: ReadonlySet<Id>,
    ...[known, variable]: readonly [number, VariableOf]
  ) {
    this.diagrams = diagrams;
    this.known = known;
    this.variable = variable;
    this.made = independent(distinct(purposes, asked));
  }

  /** `objection for` a purpose that was asked for. */
  objection(purpose: Id): Node {
    const reaching = this.made.filter(({ reaches }) => reaches.has(purpose));
    const isMade = reaching.map(({ about }) =>
      this.diagrams.branch(this.variable(about), (value) => (value === 0 ? FALSE : TRUE)),
    );
    const node = this.diagrams.any(isMade);
    return this.diagrams.branch(this.known, (value) => (value === 0 ? UNKNOWN : node));
  }
}

/** One objection for each set of purposes that some objection reaches; to a purpose asked for, where there is one. */
function distinct(purposes: Purposes, asked: ReadonlySet<Id>): readonly Objection[] {
  const order = [...asked];
  const found = new Map<string, Objection>();
  const add = (about: Id | "any", reaches: readonly Id[]) => {
    const key = reaches.map((id) => order.indexOf(id)).join();
    if (reaches.length > 0 && !found.has(key)) found.set(key, { about, reaches: new Set(reaches) });
  };
  const near = order.flatMap((id) => [...purposes.overlapping(id)]);
  for (const about of new Set([...order, ...near.sort()])) {
    if (!purposes.nameable.has(about)) continue;
    const overlapping = purposes.overlapping(about);
    add(
      about,
      order.filter((id) => overlapping.has(id)),
    );
  }
  add("any", order);
  return [...found.values()];
}

function independent(objections: readonly Objection[]): readonly Objection[] {
  return objections.filter(({ reaches }) => {
    const isWithin = (other: ReadonlySet<Id>) => other.size < reaches.size && [...other].every((id) => reaches.has(id));
    const lesser = objections.filter((other) => isWithin(other.reaches));
    return [...reaches].some((id) => !lesser.some((other) => other.reaches.has(id)));
  });
}
