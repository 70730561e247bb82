import { escapeAttribute, escapeText } from "./escape-xml.ts";

export interface JUnitCase {
  readonly name: string;
  /** What groups cases in a CI's view. */
  readonly className: string;
  readonly failure: { readonly message: string; readonly type: string; readonly detail: string } | null;
  /** Shown beside a case that passed; null for nothing. */
  readonly output: string | null;
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
  const failures = cases.filter((one) => one.failure !== null).length;
  return `tests="${cases.length}" failures="${failures}" errors="0"`;
}

function testCase({ name, className, failure, output }: JUnitCase): string {
  const open = `    <testcase name="${escapeAttribute(name)}" classname="${escapeAttribute(className)}"`;
  if (failure !== null) {
    const { message, type, detail } = failure;
    return `${open}>\n      <failure message="${escapeAttribute(message)}" type="${escapeAttribute(type)}">${escapeText(detail)}</failure>\n    </testcase>`;
  }
  if (output !== null) return `${open}>\n      <system-out>${escapeText(output)}</system-out>\n    </testcase>`;
  return `${open}/>`;
}
