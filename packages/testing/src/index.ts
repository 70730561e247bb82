export { type CellCoverage, cellCoverage, type UncoveredCell } from "./cell-coverage.ts";
export { type Coverage, CoverageCollector, type Covered, type Uncovered } from "./coverage.ts";
export { type CaseResult, type LoweredCase, runTests, type TestResult } from "./run-tests.ts";
export { type Suggestion, suggestTests, writeTest } from "./suggest-tests.ts";
