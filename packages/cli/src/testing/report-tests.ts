import type { Locator, Paint } from "@scruple/project/report";
import { codeFrame, printable, printableLine } from "@scruple/project/report";
import type { Asked, CaseResult, Coverage, Suggestion, TestResult } from "@scruple/testing";
import { junitDocument } from "../report/junit-document.ts";
import { shownPath } from "../report/report-pretty.ts";
import { plural } from "../report/summary.ts";

export interface TestReport {
  readonly root: string;
  readonly results: readonly TestResult[];
  readonly coverage: Coverage | null;
  readonly locator: Locator;
  /** Null where nobody asked for any. */
  readonly suggestions: readonly Suggestion[] | null;
}

/** For people: each test on a line and, where it failed, what was expected, what came, and why. */
export function testsPretty(
  { root, results, coverage, locator, suggestions }: TestReport,
  paint: Paint,
  cwd: string,
): string {
  const lines: string[] = [];
  for (const result of results) {
    lines.push(
      `${result.passed ? paint("green", "✓") : paint("red", "✗")} ${paint("dim", result.policy)} ${printableLine(result.name)}`,
    );
    for (const one of result.cases.filter(({ differences }) => differences.length > 0)) {
      lines.push(...failure(one, result.file, root, locator, paint, cwd), "");
    }
  }
  if (coverage !== null) lines.push(...coverageLines(coverage, root, paint, cwd));
  for (const { policy, text, tests, cells, branches } of suggestions ?? []) {
    const head = `// ${plural(tests, "test")} for ${policy}: cells +${cells}, branches +${branches}`;
    if (tests > 0) lines.push("", paint("dim", head), "", ...text.trimEnd().split("\n"));
  }
  return lines.map((line) => `${line}\n`).join("");
}

function failure(one: CaseResult, file: string, root: string, locator: Locator, paint: Paint, cwd: string): string[] {
  const range = locator.span(file, one.at.start, one.at.end);
  const frame = codeFrame(locator.linesOf(file) ?? [], [{ range, label: "", mark: "^" }], paint, (_style, marks) =>
    paint("red", marks),
  );
  return [
    `  ${paint("bold", `${shownPath(root, file, cwd)}:${range.start.line}:${range.start.column}`)}`,
    ...frame,
    ...one.differences.map((difference) => `  ${printable(difference)}`),
    ...why(one).map(([what, text]) => `  ${paint("dim", what.padEnd(8))} ${printableLine(text)}`),
  ];
}

/** What the decision says of itself, where it says anything. */
function why({ decision }: CaseResult): [string, string][] {
  const parts: [string, string][] = [
    ["rules", decision.rules.join(", ")],
    ["because", decision.because.join(" ")],
    ["missing", decision.missing.join(", ")],
    ["errors", decision.errors.join(" ")],
  ];
  return parts.filter(([, text]) => text !== "");
}

/** No more of them are shown to people. */
const mostCells = 20;

function cellLines({ uncovered, notes }: Coverage["cells"], paint: Paint): string[] {
  const shown = uncovered.slice(0, mostCells).map(({ policy, request, decision, rules }) => {
    const by = rules.length === 0 ? "" : ` ${paint("dim", `(${rules.join(", ")})`)}`;
    return `  ${paint("dim", policy)} no test asks ${printableLine(JSON.stringify(request))}: ${decision.decision}${by}`;
  });
  const rest = uncovered.length - shown.length;
  const more = rest > 0 ? [`  and ${rest} more; \`--format json\` lists all`] : [];
  return [...shown, ...more, ...notes.map((note) => `  ${note}`)];
}

function coverageLines({ rules, branches, cells }: Coverage, root: string, paint: Paint, cwd: string): string[] {
  const show = (at: { file: string; line: number; column: number; rule: string }) =>
    `  ${shownPath(root, at.file, cwd)}:${at.line}:${at.column} ${paint("bold", printableLine(at.rule))}`;
  return [
    `coverage: rules ${rules.covered}/${rules.total} (${rules.percent} %), branches ${branches.covered}/${branches.total} (${branches.percent} %), cells ${cells.covered}/${cells.total} (${cells.percent} %)`,
    ...rules.uncovered.map((at) => `${show(at)} decided in no test`),
    ...branches.uncovered.map((at) => `${show(at)} \`${at.condition}\` was never ${at.never}${askedFor(at.asked)}`),
    ...branches.unreachable.map((at) => `${show(at)} \`${at.condition}\` cannot be ${at.never}, so it is not counted`),
    ...branches.notes.map((note) => `  ${note}`),
    ...cellLines(cells, paint),
  ];
}

function askedFor(asked: Asked | null): string {
  return asked === null
    ? ""
    : `; no test asks ${printableLine(JSON.stringify(asked.request))}: ${asked.decision.decision}`;
}

/** One object: every test with its cases, requests and decisions, and the coverage where it was asked for. */
export function testsJson({ results, coverage, locator, suggestions }: TestReport): string {
  const tests = results.map(({ policy, file, name, at, cases, passed }) => ({
    policy,
    name,
    file,
    range: locator.span(file, at.start, at.end),
    passed,
    cases: cases.map((one) => ({
      text: one.text,
      range: locator.span(file, one.at.start, one.at.end),
      passed: one.differences.length === 0,
      differences: one.differences,
      expected: one.expected,
      request: one.request,
      decision: one.decision,
    })),
  }));
  const passed = results.filter((result) => result.passed).length;
  return `${JSON.stringify({ tests, passed, failed: results.length - passed, coverage, ...(suggestions && { suggestions }) }, null, 2)}\n`;
}

/** A suite for each policy, a case for each test. */
export function testsJUnit({ root, results, locator }: TestReport): string {
  const policies = [...new Set(results.map(({ policy }) => policy))];
  const suites = policies.map((policy) => ({
    name: policy,
    cases: results
      .filter((result) => result.policy === policy)
      .map((result) => ({
        name: result.name,
        className: policy,
        output: null,
        failure: result.passed ? null : junitFailure(result, root, locator),
      })),
  }));
  return junitDocument("scruple test", suites);
}

function junitFailure(result: TestResult, root: string, locator: Locator) {
  const failed = result.cases.filter(({ differences }) => differences.length > 0);
  const plainPaint: Paint = (_style, text) => text;
  return {
    message: failed.flatMap(({ differences }) => differences).join(" "),
    type: "expectation",
    detail: failed.flatMap((one) => failure(one, result.file, root, locator, plainPaint, root)).join("\n"),
  };
}
