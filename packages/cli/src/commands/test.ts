import type { LoweredTest, Program } from "@scruple/compiler";
import { blockingErrors, policiesIn } from "@scruple/project";
import { programLocator } from "@scruple/project/report";
import { type Coverage, CoverageCollector, runTests, suggestTests, type TestResult } from "@scruple/testing";
import { guardHere } from "../decide/guard-here.ts";
import { CallError, Exit, type ExitCode } from "../exit.ts";
import type { Io } from "../io.ts";
import { type Loaded, loadProgram } from "../project/load-program.ts";
import { errorsFirst } from "../report/errors-first.ts";
import { plural } from "../report/summary.ts";
import type { TestFormat } from "../terminal/choices.ts";
import type { Console } from "../terminal/console.ts";
import { nearestTest } from "../testing/nearest-test.ts";
import { type TestReport, testsJson, testsJUnit, testsPretty } from "../testing/report-tests.ts";
import { watch } from "./watch.ts";

const noTests = { tests: [], passed: 0, failed: 0, coverage: null };

export interface TestOptions {
  readonly format: TestFormat;
  readonly coverage: boolean;
  /** Percent of the rules; null for no bound. */
  readonly minCoverage: number | null;
  /** Runs the tests whose name holds this text, whatever the case of its letters. */
  readonly filter: string | null;
  readonly watch: boolean;
  /** Writes tests for what none reaches; implies `coverage`. */
  readonly suggest: boolean;
}

/** `scruple test`: the `test` blocks of the chosen files. */
export async function test(
  paths: readonly string[],
  options: TestOptions,
  console: Console,
  io: Io,
): Promise<ExitCode> {
  let previous: Program | undefined;
  const once = async (): Promise<ExitCode> => {
    const loaded = await loadProgram(io, paths, previous);
    previous = loaded.program;
    return testOnce(loaded, options, console, io);
  };
  return options.watch ? watch(once, console, io) : once();
}

async function testOnce(loaded: Loaded, options: TestOptions, console: Console, io: Io): Promise<ExitCode> {
  const { project, program, chosen } = loaded;
  const policies = policiesIn(program, chosen);
  const blocked = await blockingErrors(program, policies);
  if (blocked !== null) {
    const prevented = { format: options.format, command: "scruple test", outcome: "No test was run", nothing: noTests };
    return errorsFirst(loaded, blocked, prevented, console, io);
  }

  const locator = programLocator(program);
  const wanted = wantedTests(chosen, options.filter);
  if (options.filter !== null) refuseNoMatch(program, wanted, options.filter);
  const collector = new CoverageCollector(program.policies.map(({ name }) => name));
  const results: TestResult[] = [];
  const models = policies.map(({ name }) => {
    const model = program.model(name);
    if (model === null) throw new Error(`the policy ${name} has no errors and no model`);
    return model;
  });
  for (const model of models) {
    const own = runTests(program, model, wanted, (one) => guardHere(one).decide);
    results.push(...own);
    if (options.coverage) collector.add(model, own);
  }
  const coverage = options.coverage ? collector.result() : null;
  const suggestions =
    coverage !== null && options.suggest ? models.map((model) => suggestTests(program, model, coverage)) : null;
  print({ root: project.root, results, coverage, locator, suggestions }, options, console, io);
  return verdict(results, coverage, options, console);
}

function wantedTests(chosen: ReadonlySet<string>, filter: string | null): (test: LoweredTest) => boolean {
  const text = filter?.toLowerCase() ?? "";
  return (test) => chosen.has(test.file) && test.name.toLowerCase().includes(text);
}

/** A filter that matches nothing would pass in any pipeline; it is a misspelling, unless there is nothing to match. */
function refuseNoMatch(program: Program, wanted: (test: LoweredTest) => boolean, filter: string): void {
  const tests = program.policies.flatMap(({ name }) => program.tests(name));
  if (tests.length === 0 || tests.some(wanted)) return;
  throw new CallError(
    `No test has a name with \`${filter}\` in it.${nearestTest(
      filter,
      tests.map(({ name }) => name),
    )}`,
    "`scruple test` without `--filter` runs all of them, with their names.",
  );
}

function print(report: TestReport, { format }: TestOptions, console: Console, io: Io): void {
  if (format === "json") console.print(testsJson(report));
  else if (format === "junit") console.print(testsJUnit(report));
  else console.print(testsPretty(report, console.paint, io.cwd));
}

function verdict(
  results: readonly TestResult[],
  coverage: Coverage | null,
  { minCoverage }: TestOptions,
  console: Console,
): ExitCode {
  const failed = results.filter(({ passed }) => !passed).length;
  if (results.length === 0) {
    console.note("No tests were found.");
  } else {
    const mark = failed === 0 ? console.paintNote("green", "✓") : console.paintNote("red", "✗");
    const counts = failed === 0 ? "all passed" : `${results.length - failed} passed, ${failed} failed`;
    console.note(`${mark} ${plural(results.length, "test")}, ${counts}`);
  }
  if (coverage !== null && minCoverage !== null && coverage.rules.percent < minCoverage) {
    console.note(
      `The tests cover ${coverage.rules.percent} % of the rules; \`--min-coverage\` asks for ${minCoverage} %.`,
    );
    return Exit.policy;
  }
  return failed > 0 ? Exit.policy : Exit.ok;
}
