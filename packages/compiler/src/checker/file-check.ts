import type { Expr, Value } from "@scruple/model";
import type * as syntax from "@scruple/syntax";
import type { Meaning } from "../binder/resolve.ts";
import { Findings } from "../findings.ts";
import type { Unit } from "../unit.ts";
import type { Comparison } from "./comparisons.ts";

/** What the check of one file has found out. It knows the declarations that the file names, and no other file. */
export interface FileCheck {
  /** Stays the same where names are only tied anew: who has made something of the check need not make it again. */
  readonly version: object;
  readonly unit: Unit;
  readonly findings: Findings;
  /** What each of its paths means. */
  readonly meanings: Map<syntax.Path, Meaning>;
  /** Conditions as the model writes them; none for one that has an error. */
  readonly conditions: Map<syntax.Expr, Expr>;
  /** Arguments of duties and given values. */
  readonly values: Map<object, Value>;
  /** Which fact each given value is of, as the model names it. */
  readonly givenFacts: Map<object, string>;
  /** Attributes and facts that it compares with each other. */
  readonly comparisons: Comparison[];
  /** True where interactions of other files, or policies that are not used, could have changed what was found. */
  looksFar: boolean;
}

export function emptyCheck(unit: Unit): FileCheck {
  return {
    version: {},
    unit,
    findings: new Findings(),
    meanings: new Map(),
    conditions: new Map(),
    values: new Map(),
    givenFacts: new Map(),
    comparisons: [],
    looksFar: false,
  };
}
