import { type Expr, type FactName, type Id, type Moment, pieceAges } from "@scruple/model";
import type { Connectives } from "./claims.ts";

/** What bears on conditions besides facts. */
export interface Asked {
  readonly startedBy: Moment["startedBy"];
  readonly purpose: Id;
  /** Whose age `data.age` is: that of the data, of what it is joined with, or of the older of both. */
  readonly age: "data" | "with" | "older";
}

/** True and false of a condition; neither where it is unknown. */
export interface Outcome<B> {
  readonly t: B;
  readonly f: B;
}

/** All requests of a model, as far as facts, consents and objections go, in a logic in which conditions can be read. */
export interface Requests<B> extends Connectives<B> {
  outcome(on: Asked, expr: Expr): Outcome<B>;
  known(on: Asked, facts: Iterable<FactName>): B;
  /** No consent, or no explicit one, is given to anything. */
  without(kind: "consent" | "explicit consent"): B;
  /** Whether one of some formulas holds of any request. */
  some(list: readonly B[]): Promise<boolean>;
}

/** What a fact rests on: `data.age` on the ages of the pieces, of which a single one is the first. */
export function agesIn({ age }: Asked, fact: FactName): readonly FactName[] {
  if (fact !== "data.age") return [fact];
  return age === "older" ? [pieceAges.data, pieceAges.with] : [pieceAges[age]];
}
