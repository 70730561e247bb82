import type { Locator, Paint } from "@scruple/project/report";
import { codeFrame } from "@scruple/project/report";
import type { Asked, CaseResult, Coverage, Suggestion, TestResult } from "@scruple/testing";
import { junitDocument } from "../report/junit-document.ts";
import { shownPath } from "../report/report-pretty.ts";
import { plural } from "../report/summary.ts";
import { type Line, line, showLine, styled } from "../terminal/line.ts";

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
      showLine(
        line`${result.passed ? styled("green", "✓") : styled("red", "✗")} ${styled("dim", result.policy)} ${result.name}`,
        paint,
      ),
    );
    for (const one of result.cases.filter(({ differences }) => differences.length > 0)) {
      lines.push(...failure(one, result.file, root, locator, paint, cwd), "");
    }
  }
  if (coverage !== null) lines.push(...coverageLines(coverage, root, cwd).map((one) => showLine(one, paint)));
  for (const { policy, text, tests, cells, branches } of suggestions ?? []) {
    const head = `// ${plural(tests, "test")} for ${policy}: cells +${cells}, branches +${branches}`;
    if (tests > 0) {
      const all = [line``, styled("dim", head), line``, ...text.trimEnd().split("\n")];
      lines.push(...all.map((one) => showLine(one, paint)));
    }
  }
  return lines.map((one) => `${one}\n`).join("");
}

function failure(one: CaseResult, file: string, root: string, locator: Locator, paint: Paint, cwd: string): string[] {
  const range = locator.span(file, one.at.start, one.at.end);
  const frame = codeFrame(locator.linesOf(file) ?? [], [{ range, label: "", mark: "^" }], paint, (_style, marks) =>
    paint("red", marks),
  );
  const place = `${shownPath(root, file, cwd)}:${range.start.line}:${range.start.column}`;
  const said = [
    ...one.differences.map((difference) => line`  ${difference}`),
    ...why(one).map(([what, text]) => line`  ${styled("dim", what.padEnd(8))} ${text}`),
  ];
  return [showLine(line`  ${styled("bold", place)}`, paint), ...frame, ...said.map((each) => showLine(each, paint))];
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

function cellLines({ uncovered, notes }: Coverage["cells"]): Line[] {
  const shown = uncovered.slice(0, mostCells).map(({ policy, request, decision, rules }) => {
    const by = rules.length === 0 ? "" : line` ${styled("dim", `(${rules.join(", ")})`)}`;
    return line`  ${styled("dim", policy)} no test asks ${JSON.stringify(request)}: ${decision.decision}${by}`;
  });
  const rest = uncovered.length - shown.length;
  const more = rest > 0 ? [line`  and ${rest} more; \`--format json\` lists all`] : [];
  return [...shown, ...more, ...notes.map((note) => line`  ${note}`)];
}

function coverageLines({ rules, branches, cells }: Coverage, root: string, cwd: string): Line[] {
  const show = (at: { file: string; line: number; column: number; rule: string }) =>
    line`  ${shownPath(root, at.file, cwd)}:${at.line}:${at.column} ${styled("bold", at.rule)}`;
  return [
    line`coverage: rules ${rules.covered}/${rules.total} (${rules.percent} %), branches ${branches.covered}/${branches.total} (${branches.percent} %), cells ${cells.covered}/${cells.total} (${cells.percent} %)`,
    ...rules.uncovered.map((at) => line`${show(at)} decided in no test`),
    ...branches.uncovered.map(
      (at) => line`${show(at)} \`${at.condition}\` was never ${`${at.never}`}${askedFor(at.asked)}`,
    ),
    ...branches.unreachable.map(
      (at) => line`${show(at)} \`${at.condition}\` cannot be ${`${at.never}`}, so it is not counted`,
    ),
    ...branches.notes.map((note) => line`  ${note}`),
    ...cellLines(cells),
  ];
}

function askedFor(asked: Asked | null): string {
  return asked === null ? "" : `; no test asks ${JSON.stringify(asked.request)}: ${asked.decision.decision}`;
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
