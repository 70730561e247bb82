import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile, type PolicyFile, type Program } from "@scruple/compiler";
import { evaluator, type Model } from "@scruple/model";
import { CoverageCollector, runTests, suggestTests } from "@scruple/testing";
import { randomProject, randomRequests, readCorpus } from "@scruple/testkit";
import { expect, test } from "vitest";
import { TestProject } from "../fixtures/project.ts";

const shop = `policy shop

purpose marketing
purpose service
recipient customer
channel email reaches customer
category behaviour

source orders provided keep at most 30 days {
  purchases : behaviour
}
subject {
  age : int 0..130
}

interaction offer started by company {
  purposes marketing, service
  channels email

  deals: allow use behaviour
    for marketing
    under consent
    when subject.age >= 18
}

test "offers go to grown-ups" {
  in offer for marketing on email
  given subject.age = 34, data.age = 2 days, consent for marketing
  expect allow use orders.purchases
}
`;

test("coverage counts what is allowed and what is denied under the same rules, and shows a request for each that is missing", async () => {
  const project = new TestProject({ "a.scruple": shop });
  const { out } = await project.run(["test", "--coverage", "--format", "json"]);
  const { cells } = JSON.parse(out).coverage;
  expect(cells).toMatchObject({ covered: 1, total: 2, percent: 50, notes: [] });
  expect(cells.uncovered).toMatchObject([{ policy: "shop", interaction: "offer", decision: { decision: "deny" } }]);
  const pretty = await project.run(["test", "--coverage"]);
  expect(pretty.out).toContain("cells 1/2 (50 %)");
  expect(pretty.out).toContain('shop no test asks {"interaction":"offer","operation":"use","data":');
});

test("suggested tests, added, pass and leave nothing uncovered", async () => {
  const project = new TestProject({ "a.scruple": shop });
  const { out } = await project.run(["test", "--suggest", "--format", "json"]);
  const [suggestion] = JSON.parse(out).suggestions;
  expect(suggestion).toMatchObject({ policy: "shop", tests: 2, cells: 1, branches: 2 });
  expect(suggestion.text).toContain('test "offer.deals: when is false" {');
  project.write("b.scruple", `policy shop\n\n${suggestion.text}`);
  const again = await project.run(["test", "--suggest", "--format", "json"]);
  expect(again.code).toBe(0);
  expect(JSON.parse(again.out)).toMatchObject({
    ...{ passed: 3, failed: 0 },
    coverage: { cells: { covered: 2, total: 2 }, branches: { covered: 4, total: 4, uncovered: [], unreachable: [] } },
  });
  expect((await project.run(["test", "--suggest"])).out).not.toContain("// ");
});

test("a branch that no request of a region shows is suggested by itself, with what it needs and no more", async () => {
  const project = new TestProject({
    "a.scruple": `${shop.replace("\n}\n\ntest", '\n\n  late: deny use any when local_time > 21:00 because "People sleep."\n}\n\ntest')}`,
  });
  const { out } = await project.run(["test", "--suggest", "--format", "json"]);
  const { coverage, suggestions } = JSON.parse(out);
  const late = coverage.branches.uncovered.filter(({ rule }: { rule: string }) => rule === "offer.late");
  expect(late).toMatchObject([
    { condition: "when", never: true, asked: { policy: "shop", interaction: "offer", decision: { decision: "deny" } } },
    { condition: "when", never: false, asked: { decision: { decision: "allow" } } },
  ]);
  expect(coverage.branches.uncovered).toHaveLength(suggestions[0].branches);
});

test("a branch that no request can take is told of, and not counted", async () => {
  const project = new TestProject({
    "a.scruple": shop.replace("age >= 18", "age >= 18 and subject.age < 200 or subject.age < 0"),
  });
  const never = new TestProject({ "a.scruple": shop.replace("when subject.age >= 18", "unless subject.age < 0") });
  expect((await project.run(["test", "--coverage"])).out).not.toContain("cannot be");
  const { out } = await never.run(["test", "--coverage"]);
  expect(out).toContain("`unless` cannot be true, so it is not counted");
  expect(out).toContain("branches 2/3 ");
});

test("a request outside an interaction's bounds covers nothing: no rule is asked", async () => {
  const other = shop
    .replace("  purposes marketing, service", "  purposes marketing")
    .replace("    for marketing\n", "");
  const project = new TestProject({
    "a.scruple": other.replace("in offer for marketing", "in offer for service").replace("expect allow", "expect deny"),
  });
  const { out, code } = await project.run(["test", "--coverage"]);
  expect(code).toBe(0);
  expect(out).toContain("branches 0/4 (0 %), cells 0/2 (0 %)");
});

test("of a policy without interactions, what others may ask one day is not called impossible", async () => {
  const project = new TestProject({
    "a.scruple": "policy guards\n\nfacts { calm : bool }\n\nhush: deny use any unless calm\n",
  });
  const { out } = await project.run(["test", "--coverage"]);
  expect(out).toContain("`unless` was never true\n");
  expect(out).not.toContain("cannot be");
});

const examples = fileURLToPath(new URL("../../../../examples/", import.meta.url));
const stories = readdirSync(examples, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test.each(stories)("%s: what is suggested, added, passes and covers all that can be covered", (story) => {
  const folder = join(examples, story, "policies");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".scruple"))
    .map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
  const before = coverageOf(files);
  const { program, coverage } = before;
  expect(before.passed).toBe(true);
  const suggestions = modelsOf(program).map((model) => suggestTests(program, model, coverage));
  const after = coverageOf([
    ...files,
    ...suggestions
      .filter(({ tests }) => tests > 0)
      .map(({ policy, text }) => ({ path: `${policy}.more.scruple`, text: `policy ${policy}\n\n${text}` })),
  ]);
  expect(after.program.checks).toEqual(program.checks);
  expect(after.passed).toBe(true);
  for (const kind of ["cells", "branches"] as const) {
    const claimed = suggestions.reduce((sum, one) => sum + one[kind], 0);
    expect(after.coverage[kind].covered - coverage[kind].covered, kind).toBe(claimed);
    expect(after.coverage[kind].uncovered, kind).toEqual([]);
  }
});

test("what is told to be impossible, no request does, and what is told to be possible, its request does", () => {
  const count = { unreachable: 0, asked: 0 };
  for (let seed = 0; seed < 30; seed++) {
    const { files, policy } = randomProject(seed);
    const program = compile(files);
    const model = program.model(policy)!;
    const { decide } = evaluator(model);
    const branchesFor = (requests: readonly unknown[]) => {
      const at = { start: 0, end: 0 };
      const cases = requests.map((request) => ({
        ...{ at, text: "", request, decision: decide(request), differences: [] },
        expected: { decision: "deny" as const, rules: null, duties: null },
      }));
      const collector = new CoverageCollector(program.policies.map(({ name }) => name));
      collector.add(model, [{ policy, file: "", name: "", at, cases, passed: true }]);
      return collector.result().branches;
    };
    const alone = branchesFor([]);
    expect(branchesFor(randomRequests(model, seed, 100)).unreachable, `${seed}`).toEqual(alone.unreachable);
    const shown = branchesFor(alone.uncovered.flatMap(({ asked }) => (asked === null ? [] : [asked.request])));
    expect(shown.uncovered, `${seed}`).toEqual([]);
    count.unreachable += alone.unreachable.length;
    count.asked += alone.uncovered.length;
  }
  expect(Math.min(count.unreachable, count.asked)).toBeGreaterThan(100);
}, 60_000);

test("for every program of the corpus, whatever is suggested works", () => {
  let suggested = 0;
  let asked = 0;
  for (const { files } of readCorpus().good) {
    const { program, coverage } = coverageOf(files);
    asked += coverage.cells.uncovered.length + coverage.branches.uncovered.length;
    for (const model of modelsOf(program)) {
      const { cells, branches } = suggestTests(program, model, coverage);
      suggested += cells + branches;
    }
  }
  expect(asked).toBeGreaterThan(20);
  expect(suggested / asked).toBeGreaterThan(0.9);
});

function modelsOf(program: Program): readonly Model[] {
  return program.policies.flatMap(({ name }) => program.model(name) ?? []);
}

function coverageOf(files: readonly PolicyFile[]) {
  const program = compile(files);
  const collector = new CoverageCollector(program.policies.map(({ name }) => name));
  let passed = true;
  for (const model of modelsOf(program)) {
    const results = runTests(
      program,
      model,
      () => true,
      (one) => evaluator(one).decide,
    );
    passed &&= results.every((result) => result.passed);
    collector.add(model, results);
  }
  return { program, passed, coverage: collector.result() };
}
