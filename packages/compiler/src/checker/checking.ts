import type { Expr, Value } from "@scruple/model";
import type * as syntax from "@scruple/syntax";
import type { Members } from "../binder/members.ts";
import type { Suggestions } from "../binder/nearest.ts";
import type { Resolver } from "../binder/resolve.ts";
import type { PolicyScope } from "../binder/scope.ts";
import type { CategorySymbol } from "../binder/symbols.ts";
import type { Findings } from "../findings.ts";
import type { Unit } from "../unit.ts";
import type { Comparisons } from "./comparisons.ts";

/** What a check of the whole program shares, and what lowering reads afterwards. */
export interface Checking {
  readonly findings: Findings;
  readonly resolver: Resolver;
  readonly suggestions: Suggestions;
  readonly members: Members;
  readonly comparisons: Comparisons;
  /** Levels that some category of the program has: a shared guardrail may name those of who uses it. */
  readonly levels: ReadonlySet<string>;
  /** For categories asked for so far: those of it and of what it is within that declare a scale. */
  readonly scales: Map<CategorySymbol, readonly CategorySymbol[]>;
  /** Conditions as the model writes them; none for one that has an error. */
  readonly conditions: Map<syntax.Expr, Expr>;
  /** Arguments of duties and given values. */
  readonly values: Map<object, Value>;
  /** Which fact each given value is of, as the model names it. */
  readonly givenFacts: Map<object, string>;
}

/** A place in a program: what is checked there belongs to this policy and stands in this file. */
export interface Place {
  readonly scope: PolicyScope;
  readonly unit: Unit;
}
