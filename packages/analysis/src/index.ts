export { type Assignment, assignmentOf, type GivenFacts } from "./assignment.ts";
export * from "./cell.ts";
export { type Cheapest, type Cost, cheapest } from "./cheapest.ts";
export { type Atom, atomsOf } from "./conditions.ts";
export { Context, type Occasion } from "./context.ts";
export { type Cover, cover } from "./cover.ts";
export { type Cube, cubeDiagram } from "./cube.ts";
export { type Description, describeCube, describeRegion } from "./describe/describe.ts";
export { Diagrams, type TerminalMap } from "./diagrams.ts";
export { type Cause, type Diff, type DiffArea, type DiffEntry, diff } from "./diff/diff.ts";
export type { Declared, Renamed, Vocabulary, VocabularyKind } from "./diff/renames.ts";
export { applyChange, type ChangeSet } from "./explain/apply-change.ts";
export { type Explainer, type ExplainOptions, type Explanation, explain, explainer } from "./explain/explain.ts";
export type { ExplainedPart, ExplainedRule, Outcome } from "./explain/explain-rules.ts";
export type { ExplainedChange } from "./explain/find-changes.ts";
export type { Wait } from "./explain/find-wait.ts";
export { printExpression, printValue } from "./explain/print-expression.ts";
export { FactSpace, type SpaceOptions } from "./fact-space.ts";
export type { Lint, LintFinding, LogicLint, Place, PrivacyLint } from "./lints/finding.ts";
export type { InteractionReport } from "./lints/interaction.ts";
export { type LintOptions, lintModel, lintSpace, lintSteps } from "./lints/lint-model.ts";
export { type Change, nearestChanges } from "./nearest-changes.ts";
export { FALSE, type Node, TRUE, UNKNOWN } from "./node-store.ts";
export { type PromiseResult, proofSteps, prove } from "./promises/prove.ts";
export * from "./questions.ts";
export type { Cell, SelectingRule } from "./space/cell.ts";
export type { Datum, Route } from "./space/datum.ts";
export {
  type DecidedCell,
  DecisionSpace,
  type DecisionSpaceOptions,
  type HiddenWhere,
} from "./space/decision-space.ts";
export { type Meanings, meaningsOf } from "./space/meanings.ts";
export { type Kept, narrowed } from "./space/narrow.ts";
export type { Scope } from "./space/partition.ts";
export { type WireRequest, wireRequest } from "./space/wire-request.ts";
export { finished } from "./steps.ts";
export type { About, Variable } from "./theory/variable.ts";
export { TooLargeError } from "./too-large-error.ts";
export { type WireConsent, type WireFacts, type WireOptions, wireFacts } from "./wire-facts.ts";
export { knownWitness, smallestWitness } from "./witness.ts";
