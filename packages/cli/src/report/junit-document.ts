import { escapeAttribute, escapeText } from "./escape-xml.ts";

export interface JUnitCase {
  readonly name: string;
  /** What groups cases in a CI's view. */
  readonly className: string;
  readonly failure: JUnitFailure | null;
  /** Shown beside a case that passed; null for nothing. */
  readonly output: string | null;
}
export interface JUnitFailure {
  readonly message: string;
  readonly type: string;
  readonly detail: string;
  /** Nothing was found to be wrong: what there was to be found could not be asked. */
  readonly isError?: boolean;
}
export interface JUnitSuite {
  readonly name: string;
  readonly cases: readonly JUnitCase[];
}

/** A JUnit XML report, in the subset that Jenkins, GitLab, Azure and GitHub's actions read alike. */
export function junitDocument(name: string, suites: readonly JUnitSuite[]): string {
  const all = suites.flatMap((suite) => suite.cases);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${escapeAttribute(name)}" ${counts(all)}>`,
    ...suites.flatMap((suite) => [
      `  <testsuite name="${escapeAttribute(suite.name)}" ${counts(suite.cases)} skipped="0">`,
      ...suite.cases.map(testCase),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
}

function counts(cases: readonly JUnitCase[]): string {
  const failed = cases.flatMap(({ failure }) => failure ?? []);
  const errors = failed.filter(({ isError }) => isError).length;
  return `tests="${cases.length}" failures="${failed.length - errors}" errors="${errors}"`;
}

function testCase({ name, className, failure, output }: JUnitCase): string {
  const open = `    <testcase name="${escapeAttribute(name)}" classname="${escapeAttribute(className)}"`;
  if (failure !== null) {
    const { message, type, detail, isError } = failure;
    const tag = isError ? "error" : "failure";
    return `${open}>\n      <${tag} message="${escapeAttribute(message)}" type="${escapeAttribute(type)}">${escapeText(detail)}</${tag}>\n    </testcase>`;
  }
  if (output !== null) return `${open}>\n      <system-out>${escapeText(output)}</system-out>\n    </testcase>`;
  return `${open}/>`;
}
