import type { Id } from "@scruple/model";

const logicLints = [
  "rule-selects-nothing",
  "rule-never-applies",
  "rule-cancelled",
  "redundant-rule",
  "conflicting-bases",
  "condition-always-true",
  "condition-always-false",
  "exception-never-bites",
  "nothing-allowed",
  "guards-against-nothing",
] as const;
const privacyLints = [
  "special-without-explicit-consent",
  "secondary-use",
  "laundering",
  "inherited-sensitivity",
  "singling-out",
  "household-exposure",
  "covert-use",
  "outbound-without-limit",
  "join-without-purpose",
  "third-party-without-permission",
  "untold",
  "no-basis",
  "experiment-without-consent",
  "vague-category",
  "unbounded-retention",
  "overdue",
] as const;

export const lints: readonly Lint[] = [...logicLints, ...privacyLints, "too-complex"];

export type LogicLint = (typeof logicLints)[number];
export type PrivacyLint = (typeof privacyLints)[number];
export type Lint = LogicLint | PrivacyLint | "too-complex";

/** Where something stands, whatever lines that is: a finding stays true while text moves. */
export type Place =
  | { readonly kind: "rule"; readonly path: string }
  /** `exception` says which of the exceptions, from the outermost on; empty for the rule's own clause. */
  | {
      readonly kind: "clause";
      readonly path: string;
      readonly clause: "when" | "unless";
      readonly exception: readonly number[];
    }
  | { readonly kind: "exception"; readonly path: string; readonly exception: readonly number[] }
  | { readonly kind: "declaration"; readonly id: Id }
  /** A line of a promise, by their places among those of the model; `clause` is null for the whole of it. */
  | {
      readonly kind: "line";
      readonly promise: number;
      readonly line: number;
      readonly clause: "when" | "unless" | null;
    }
  /** A purpose or a channel as an interaction names it. */
  | { readonly kind: "bound"; readonly interaction: Id; readonly id: Id };

/** Something that the analysis found. What `words` are is for each lint to say; the compiler makes a sentence of them. */
export interface LintFinding {
  readonly lint: Lint;
  readonly at: Place;
  readonly words: readonly string[];
  readonly related: readonly { readonly at: Place; readonly message: string }[];
}

export function ruleAt(path: string): Place {
  return { kind: "rule", path };
}
