import type { InteractionSymbol, Program } from "@scruple/compiler";
import { evaluator } from "@scruple/model";
import { CoverageCollector, runTests, type TestResult } from "@scruple/testing";
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

const results = new WeakMap<Program, Map<string, readonly TestResult[]>>();

/** The results of a policy's tests; none where the policy has errors. */
export function resultsOf(program: Program, policy: string): readonly TestResult[] {
  let byPolicy = results.get(program);
  if (byPolicy === undefined) {
    byPolicy = new Map();
    results.set(program, byPolicy);
  }
  let own = byPolicy.get(policy);
  if (own === undefined) {
    const model = program.model(policy);
    own =
      model === null
        ? []
        : runTests(
            program,
            model,
            () => true,
            (one) => evaluator(one).decide,
          );
    byPolicy.set(policy, own);
  }
  return own;
}

/** Runs the tests of a program; those of one file, or the one of a name in it, where they are given. */
export function runProgramTests(
  program: Program,
  addresses: Addresses,
  only: { readonly path?: string; readonly name?: string } = {},
): readonly TestRun[] {
  return program.policies.flatMap(({ name: policy }) =>
    resultsOf(program, policy).flatMap((result): TestRun[] => {
      const { file: path, name, at, passed, cases } = result;
      const file = fileOf(program, path);
      const uri = addresses.uriOf(path, false);
      const isWanted = (only.path ?? path) === path && (only.name ?? name) === name;
      if (file === undefined || uri === null || !isWanted) return [];
      return [
        {
          ...{ policy, uri, name, passed, range: toRange(file.lines, at) },
          cases: cases.map((one) => ({
            range: toRange(file.lines, one.at),
            text: one.text,
            passed: one.differences.length === 0,
            differences: one.differences,
            request: one.request,
          })),
        },
      ];
    }),
  );
}

/** Paths of the rules that took part in the decision of some test. */
export function rulesReached(program: Program, policy: string): ReadonlySet<string> {
  const decisions = resultsOf(program, policy).flatMap(({ cases }) => cases.map(({ decision }) => decision));
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

/** What tests reach of the rules, conditions and cells of an interaction; null where the policy has errors. */
export function interactionReached(program: Program, policy: string, { id, rules }: InteractionSymbol): Reached | null {
  const space = program.space(policy);
  if (space === null) return null;
  const { model } = space.world;
  const results = resultsOf(program, policy);
  const reached = rulesReached(program, policy);
  const paths = [...rules.values()].map((rule) => rule.id);
  const ofRules = [paths.filter((path) => reached.has(path)).length, paths.length] as const;
  if (model.rules.length > mostRules) return { rules: ofRules, branches: null, cells: null };
  const collector = new CoverageCollector([policy]);
  collector.add(model, results, { space, only: id });
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
