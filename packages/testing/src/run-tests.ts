import type { LoweredTest, Program } from "@scruple/compiler";
import type { Decision, Model } from "@scruple/model";
import type { Range } from "@scruple/syntax";

export type LoweredCase = LoweredTest["cases"][number];

export interface CaseResult {
  readonly at: Range;
  /** The expectation as written. */
  readonly text: string;
  readonly request: unknown;
  readonly expected: LoweredCase["expect"];
  readonly decision: Decision;
  /** What came otherwise, one sentence each; empty where the case passed. */
  readonly differences: readonly string[];
}
export interface TestResult {
  readonly policy: string;
  readonly file: string;
  readonly name: string;
  readonly at: Range;
  readonly cases: readonly CaseResult[];
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
  return tests.map((test) => {
    const cases = test.cases.map((one) => runCase(one, decider(one.request)));
    const passed = cases.every(({ differences }) => differences.length === 0);
    return { policy: model.policy, file: test.file, name: test.name, at: test.at, cases, passed };
  });
}

function runCase(one: LoweredCase, decision: Decision): CaseResult {
  return {
    at: one.at,
    text: one.text,
    request: one.request,
    expected: one.expect,
    decision,
    differences: [...decidedOtherwise(one.expect, decision)],
  };
}

function* decidedOtherwise(expected: LoweredCase["expect"], decision: Decision): Generator<string> {
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

function duties(list: Decision["duties"]): string {
  if (list.length === 0) return "no duty";
  return list
    .map(({ name, arguments: given }) => {
      const written = Object.entries(given).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
      return written.length === 0 ? `duty \`${name}\`` : `duty \`${name}(${written.join(", ")})\``;
    })
    .join(", ");
}
