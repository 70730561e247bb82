export { type Asked, askable, requestOf } from "./asked.ts";
export type { CellCoverage, UncoveredCell } from "./cell-coverage.ts";
export {
  type Coverage,
  CoverageCollector,
  type CoverageDetails,
  type Covered,
  type Uncovered,
  type UncoveredBranch,
} from "./coverage.ts";
export { type CaseResult, type LoweredCase, runTest, runTests, type TestResult } from "./run-tests.ts";
export { type Suggestion, suggestTests } from "./suggest-tests.ts";
export { writeTest } from "./write-test.ts";
