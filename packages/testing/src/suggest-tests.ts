import { DecisionSpace } from "@scruple/analysis";
import { compile, type PolicyFile, type Program, spell } from "@scruple/compiler";
import { evaluator, type Model } from "@scruple/model";
import type { Asked } from "./asked.ts";
import { Branches, branchKey, keyOf } from "./branches.ts";
import { regionsOf } from "./cell-coverage.ts";
import type { Coverage, UncoveredBranch } from "./coverage.ts";
import { runTests, type TestResult } from "./run-tests.ts";
import { writeTest } from "./write-test.ts";

/** Tests that could be added to a policy. */
export interface Suggestion {
  readonly policy: string;
  /** `test` blocks, as they would stand in a file of the policy. */
  readonly text: string;
  readonly tests: number;
  /** How many cells and branches they cover that nothing covers yet. */
  readonly cells: number;
  readonly branches: number;
}

/**
 * Writes a test for each cell that none reaches, and for each branch that is still not taken then. They are tried before they are
 * suggested: the project with them has no error more, each passes, and each reaches something new.
 *
 * @param coverage of the program's tests
 */
export function suggestTests(program: Program, model: Model, { cells, branches }: Coverage): Suggestion {
  const reach = new Reach(model);
  const { policy } = model;
  const missing = new Set([
    ...cells.uncovered.flatMap((cell) => (cell.policy === policy ? reach.cells(cell) : [])),
    ...branches.uncovered.flatMap(({ asked, ...branch }) => (asked?.policy === policy ? [missedKey(branch)] : [])),
  ]);
  const names = new Set(program.tests(policy).map(({ name }) => name));
  const write = (asked: Asked, title?: string) => writeTest(reach.space.world, asked, names, title);
  const reached = new Set<string>();
  const useful: Working[] = [];
  const add = (blocks: readonly string[]) => {
    for (const test of working(program.files, policy, blocks)) {
      const fresh = test.cases.flatMap((one) => reach.all(one).filter((key) => missing.has(key) && !reached.has(key)));
      if (fresh.length > 0) useful.push(test);
      for (const key of fresh) reached.add(key);
    }
  };
  add(cells.uncovered.flatMap((cell) => (cell.policy === policy ? [write(cell)] : [])));
  let left = branches.uncovered.flatMap(({ asked, ...branch }) =>
    asked?.policy === policy ? [{ asked, branch, key: missedKey(branch) }] : [],
  );
  while (left.length > 0) {
    const expected = new Set(reached);
    const chosen = left.filter(({ asked, key }) => {
      if (expected.has(key)) return false;
      for (const one of reach.all(asked)) expected.add(one);
      return true;
    });
    add(chosen.map(({ asked, branch }) => write(asked, `${branch.rule}: ${branch.condition} is ${branch.never}`)));
    left = left.filter((one) => !chosen.includes(one) && !reached.has(one.key));
  }
  const count = (kind: string) => [...reached].filter((key) => key.startsWith(kind)).length;
  return {
    policy,
    text: useful.map(({ text }) => text).join("\n"),
    tests: useful.length,
    cells: count("cell"),
    branches: count("branch"),
  };
}

/** What a request reaches, as keys. */
class Reach {
  readonly space: DecisionSpace;
  private readonly branches: Branches;

  constructor(model: Model) {
    this.space = new DecisionSpace(model);
    this.branches = new Branches(model);
  }

  cells({ request, decision }: Pick<Asked, "decision"> & { readonly request: unknown }): readonly string[] {
    return regionsOf(this.space, request, decision).map((key) => `cell ${key}`);
  }
  all(one: Pick<Asked, "decision"> & { readonly request: unknown }): readonly string[] {
    const taken = [...this.branches.takenBy(one.request)].map(({ rule, ...branch }) => `branch ${keyOf(rule, branch)}`);
    return [...this.cells(one), ...taken];
  }
}

interface Working extends TestResult {
  readonly text: string;
}

/** Those that compile and pass; one that does not is left out, and spoils no other. */
function working(files: readonly PolicyFile[], policy: string, blocks: readonly string[]): readonly Working[] {
  if (blocks.length === 0) return [];
  const results = tried(files, policy, blocks);
  if (results !== null)
    return results.flatMap((result, at) => (result.passed ? [{ ...result, text: blocks[at]! }] : []));
  if (blocks.length === 1) return [];
  const half = blocks.length >> 1;
  return [...working(files, policy, blocks.slice(0, half)), ...working(files, policy, blocks.slice(half))];
}

/** In the order of the blocks; null where they do not compile. */
function tried(files: readonly PolicyFile[], policy: string, blocks: readonly string[]): readonly TestResult[] | null {
  const path = unusedPath(files);
  const program = compile([...files, { path, text: `policy ${spell(policy)}\n\n${blocks.join("\n")}` }]);
  const model = program.model(policy);
  if (model === null || program.checks.some(({ file, severity }) => file === path && severity === "error")) return null;
  const results = runTests(
    program,
    model,
    ({ file }) => file === path,
    (one) => evaluator(one).decide,
  );
  return [...results].sort((a, b) => a.at.start - b.at.start);
}
function unusedPath(files: readonly PolicyFile[]): string {
  const taken = new Set(files.map(({ path }) => path));
  for (let i = 1; ; i++) if (!taken.has(`suggested-${i}.scruple`)) return `suggested-${i}.scruple`;
}

function missedKey({ policy, rule, condition, never }: UncoveredBranch): string {
  return `branch ${branchKey(policy, rule, { condition, value: never })}`;
}
