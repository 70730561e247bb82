import type { Path } from "@scruple/syntax";
import type { Members } from "../binder/members.ts";
import type { Suggestions } from "../binder/nearest.ts";
import type { Meaning, Resolver } from "../binder/resolve.ts";
import type { PolicyScope } from "../binder/scope.ts";
import type { CategorySymbol } from "../binder/symbols.ts";
import type { Findings } from "../findings.ts";
import type { Unit } from "../unit.ts";
import type { FileCheck } from "./file-check.ts";

/** What the checks of all files share. */
export interface Shared {
  readonly members: Members;
  /** Levels that some category of the program has: a shared guardrail may name those of who uses it. */
  readonly levels: ReadonlySet<string>;
  /** For categories asked for so far: those of it and of what it is within that declare a scale. */
  readonly scales: Map<CategorySymbol, readonly CategorySymbol[]>;
  /** What a path of a file was found to mean; null where it means nothing, or was never asked for. */
  readonly meaning: (unit: Unit, path: Path) => Meaning;
}

/** The check of one file while it is made. */
export interface Checking extends Shared {
  readonly file: FileCheck;
  /** Those of the file. */
  readonly findings: Findings;
  readonly resolver: Resolver;
  readonly suggestions: Suggestions;
}

/** A place in a program: what is checked there belongs to this policy and stands in this file. */
export interface Place {
  readonly scope: PolicyScope;
  readonly unit: Unit;
}
