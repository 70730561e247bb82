import type { FactName, Id, Type, Value } from "@scruple/model";
import type { ChainCombination, Link } from "./chain.ts";
import type { Domain } from "./domain.ts";
import type { Combination } from "./pair.ts";

/** Whose consent or objection: a declared purpose, the request's own, whichever that is, or `any`. */
export type About = { readonly purpose: Id } | "request" | "any";

/**
 * What decision diagrams over facts test. The values of a variable count from 0:
 *
 * - `fact`: 0 unknown, then the classes of its domain;
 * - `pair`: two facts that are compared with each other, by their feasible combinations, those with an unknown first;
 * - `chain`: likewise more than two, of which each is compared with some other: two models together may have such, one has not;
 * - `older`: of a pair of pieces, 0 that the data is the older one, 1 that what it is joined with is; `data.age` is the age of that
 *   one, and where it is unknown, so is that piece's;
 * - `younger`: the age of the other piece, as for `data.age`, which it is taken to reach at most. Both are meant together, by
 *   `ages` in ages.ts;
 * - `known`: 0 unknown, 1 known: a set, or the consents, or the objections, as a whole;
 * - `member`: 0 or 1, of a set that is known;
 * - `consent`: 0 none, 1 given, 2 given explicitly, on the request's channel;
 * - `objection`: 0 none, 1 made, on the request's channel.
 *
 * Every combination of values is feasible. A member, a consent or an objection means nothing while its whole is unknown, and no
 * diagram made from conditions tests it there.
 */
export type Variable = Indexed &
  (
    | FactVariable
    | PairVariable
    | ChainVariable
    | OlderVariable
    | YoungerVariable
    | KnownVariable
    | MemberVariable
    | ConsentVariable
    | ObjectionVariable
  );

export function isSameAbout(one: About, other: About): boolean {
  if (typeof one === "string" || typeof other === "string") return one === other;
  return one.purpose === other.purpose;
}

interface Indexed {
  /** Its place in the order of the diagrams. */
  readonly index: number;
  readonly arity: number;
  /** How many values, from 0, leave something unknown. */
  readonly unknowns: number;
}
export interface FactVariable {
  readonly kind: "fact";
  readonly fact: FactName;
  readonly type: Type;
  readonly domain: Domain;
}
export interface PairVariable {
  readonly kind: "pair";
  readonly facts: readonly [FactName, FactName];
  readonly types: readonly [Type, Type];
  readonly domains: readonly [Domain, Domain];
  readonly combinations: readonly Combination[];
}
export interface ChainVariable {
  readonly kind: "chain";
  readonly facts: readonly FactName[];
  readonly types: readonly Type[];
  readonly domains: readonly Domain[];
  readonly links: readonly Link[];
  readonly combinations: readonly ChainCombination[];
}
export interface OlderVariable {
  readonly kind: "older";
}
export interface YoungerVariable {
  readonly kind: "younger";
  readonly domain: Domain;
}
export interface KnownVariable {
  readonly kind: "known";
  /** The name of a fact that is a set, `consents` or `objections`. */
  readonly fact: FactName;
}
export interface MemberVariable {
  readonly kind: "member";
  readonly fact: FactName;
  readonly member: string;
}
export interface ConsentVariable {
  readonly kind: "consent";
  readonly about: About;
}
export interface ObjectionVariable {
  readonly kind: "objection";
  readonly about: About;
}

/** Known facts by name. */
export type KnownFacts = ReadonlyMap<FactName, Value>;
