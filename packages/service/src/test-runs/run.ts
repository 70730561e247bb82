import type { InteractionSymbol, LoweredTest, Program } from "@scruple/compiler";
import { type Verdict, verdicts } from "@scruple/model";
import { CoverageCollector, runTest, type TestResult } from "@scruple/testing";
import type * as lsp from "vscode-languageserver-types";
import { toRange } from "../positions.ts";
import { type Addresses, fileOf, type Snapshot } from "../snapshot.ts";

/** How a test came out, for an editor to show. */
export interface TestRun {
  readonly policy: string;
  readonly uri: string;
  readonly name: string;
  readonly range: lsp.Range;
  readonly passed: boolean;
  readonly cases: readonly {
    readonly range: lsp.Range;
    /** The expectation as written. */
    readonly text: string;
    readonly passed: boolean;
    /** What came otherwise, a sentence each. */
    readonly differences: readonly string[];
    /** As `scruple explain` takes it. */
    readonly request: unknown;
  }[];
}

/** Who looks at tests in an editor asks how they are decided, and not for the hash of the model that says so. */
type Result = TestResult<Verdict>;
const known = new WeakMap<Program, Map<LoweredTest, Result>>();

/**
 * The results of a policy's tests, or of some; none where the policy has errors. In pieces of work between which something else can be
 * done; whoever asks again finds what has been run.
 */
export function* resultsOf(
  program: Program,
  policy: string,
  isWanted: (test: LoweredTest) => boolean = () => true,
): Generator<void, readonly Result[]> {
  const tests = program.tests(policy).filter(isWanted);
  const space = tests.length === 0 ? null : program.space(policy);
  if (space === null) return [];
  const ran = known.get(program) ?? new Map<LoweredTest, Result>();
  known.set(program, ran);
  const decide = verdicts(space.world);
  const results: Result[] = [];
  for (const test of tests) {
    let result = ran.get(test);
    if (result === undefined) {
      yield;
      result = runTest(test, policy, decide);
      ran.set(test, result);
    }
    results.push(result);
  }
  return results;
}

/**
 * Runs the tests of a program; those of one file, or the one of a name in it, where they are given. In pieces of work between which
 * something else can be done.
 */
export function* runProgramTests(
  program: Program,
  addresses: Addresses,
  only: { readonly path?: string; readonly name?: string } = {},
): Generator<void, readonly TestRun[]> {
  const isWanted = ({ file, name }: LoweredTest) => (only.path ?? file) === file && (only.name ?? name) === name;
  const runs: TestRun[] = [];
  for (const { name: policy, files } of program.policies) {
    if (only.path !== undefined && !files.includes(only.path)) continue;
    for (const { file: path, name, at, passed, cases } of yield* resultsOf(program, policy, isWanted)) {
      const file = fileOf(program, path);
      const uri = addresses.uriOf(path, false);
      if (file === undefined || uri === null) continue;
      runs.push({
        ...{ policy, uri, name, passed, range: toRange(file.lines, at) },
        cases: cases.map((one) => ({
          range: toRange(file.lines, one.at),
          text: one.text,
          passed: one.differences.length === 0,
          differences: one.differences,
          request: one.request,
        })),
      });
    }
  }
  return runs;
}

/** Paths of the rules that took part in the decision of some test. */
export function rulesReached(results: readonly Result[]): ReadonlySet<string> {
  const decisions = results.flatMap(({ cases }) => cases.map(({ decision }) => decision));
  return new Set(decisions.flatMap(({ rules, limits }) => [...rules, ...limits.map(({ rule }) => rule)]));
}

/** What tests reach of an interaction, each as how many of how many. */
export interface Reached {
  readonly rules: readonly [number, number];
  /** Conditions seen true, and seen false; null in a policy that is too large for a lens to look so closely. */
  readonly branches: readonly [number, number] | null;
  /** Kinds of requests that are decided alike; null where the branches are. */
  readonly cells: readonly [number, number] | null;
}

/** Rules beyond this number take longer than whoever looks at them waits. */
export const mostRules = 2_000;

/**
 * What tests reach of the rules, conditions and cells of an interaction; null where the policy has errors. In pieces of work between
 * which something else can be done.
 */
export function* interactionReached(
  program: Program,
  policy: string,
  { id, rules }: InteractionSymbol,
): Generator<void, Reached | null> {
  const space = program.space(policy);
  if (space === null) return null;
  const { model } = space.world;
  const results = yield* resultsOf(program, policy);
  const reached = rulesReached(results);
  const paths = [...rules.values()].map((rule) => rule.id);
  const ofRules = [paths.filter((path) => reached.has(path)).length, paths.length] as const;
  if (model.rules.length > mostRules) return { rules: ofRules, branches: null, cells: null };
  const collector = new CoverageCollector([policy]);
  yield* collector.addInSteps(model, results, { space, only: id });
  const { branches, cells } = collector.result();
  return { rules: ofRules, branches: [branches.covered, branches.total], cells: [cells.covered, cells.total] };
}

/** The tests of a file, run or not. */
export function testsIn({
  file,
}: Pick<Snapshot, "file">): readonly { readonly name: string; readonly range: lsp.Range }[] {
  return file.tree.file.declarations.flatMap((node) =>
    node.kind === "test" && node.text.kind === "string"
      ? [{ name: node.text.value, range: toRange(file.lines, node) }]
      : [],
  );
}
