import type { LoweredTest, Program } from "@scruple/compiler";
import type { Decision, Model, Verdict } from "@scruple/model";
import type { Range } from "@scruple/syntax";

export type LoweredCase = LoweredTest["cases"][number];

export interface CaseResult<Decided extends Verdict = Decision> {
  readonly at: Range;
  /** The expectation as written. */
  readonly text: string;
  readonly request: unknown;
  readonly expected: LoweredCase["expect"];
  readonly decision: Decided;
  /** What came otherwise, one sentence each; empty where the case passed. */
  readonly differences: readonly string[];
}
export interface TestResult<Decided extends Verdict = Decision> {
  readonly policy: string;
  readonly file: string;
  readonly name: string;
  readonly at: Range;
  readonly cases: readonly CaseResult<Decided>[];
  readonly passed: boolean;
}

/**
 * Runs a policy's `test` blocks.
 *
 * @param decide makes what decides: the guard that a build would write, or the reference evaluator. It is made only if there is
 *   a test
 */
export function runTests(
  program: Program,
  model: Model,
  wanted: (test: LoweredTest) => boolean,
  decide: (model: Model) => (request: unknown) => Decision,
): readonly TestResult[] {
  const tests = program.tests(model.policy).filter(wanted);
  if (tests.length === 0) return [];
  const decider = decide(model);
  return tests.map((test) => runTest(test, model.policy, decider));
}

/** Runs one `test` block of a policy. */
export function runTest<Decided extends Verdict>(
  { file, name, at, cases: lowered }: LoweredTest,
  policy: string,
  decide: (request: unknown) => Decided,
): TestResult<Decided> {
  const cases = lowered.map((one) => runCase(one, decide(one.request)));
  const passed = cases.every(({ differences }) => differences.length === 0);
  return { policy, file, name, at, cases, passed };
}

function runCase<Decided extends Verdict>(one: LoweredCase, decision: Decided): CaseResult<Decided> {
  return {
    at: one.at,
    text: one.text,
    request: one.request,
    expected: one.expect,
    decision,
    differences: [...decidedOtherwise(one.expect, decision)],
  };
}

function* decidedOtherwise(expected: LoweredCase["expect"], decision: Verdict): Generator<string> {
  if (decision.decision !== expected.decision) {
    yield `Expected ${expected.decision}, but it came to ${decision.decision}.`;
  }
  if (expected.rules !== null && !sameJson(expected.rules, decision.rules)) {
    yield `Expected ${names(expected.rules)} to decide, but it was ${names(decision.rules)}.`;
  }
  if (expected.duties !== null && !sameJson(expected.duties, decision.duties)) {
    yield `Expected ${duties(expected.duties)}, but it was ${duties(decision.duties)}.`;
  }
}

/** Both sides are sorted, and made by the same rules. */
function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function names(rules: readonly string[]): string {
  return rules.length === 0 ? "no rule" : rules.map((rule) => `\`${rule}\``).join(", ");
}

function duties(list: Verdict["duties"]): string {
  if (list.length === 0) return "no duty";
  return list
    .map(({ name, arguments: given }) => {
      const written = Object.entries(given).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
      return written.length === 0 ? `duty \`${name}\`` : `duty \`${name}(${written.join(", ")})\``;
    })
    .join(", ");
}
