import { finished } from "@scruple/analysis";
import { expect, it } from "vitest";
import { codeLenses, resolveCodeLens } from "./code-lens.ts";
import { coverageOf } from "./test-runs/coverage.ts";
import { explainTest } from "./test-runs/explain.ts";
import { runProgramTests, testsIn } from "./test-runs/run.ts";
import { at, shop } from "./testing/at.ts";
import { textAt } from "./testing/text.ts";

const source = `${shop}
interaction letter started by customer {
  purposes customer_care
  channels email
  sizes: allow use orders.size under contract
  mail: allow use orders.email under contract when adult
}
test "sizes may be used" {
  in letter for customer_care on email
  given data.age = 1 day
  expect allow use orders.size because letter.sizes
  expect allow use orders.email
}
`;

it("stands above tests, declarations and interactions", () => {
  const { snapshot } = at(source);
  const titles = codeLenses(snapshot).map((lens) => finished(resolveCodeLens(snapshot, lens)).command?.title);
  expect(titles).toEqual([
    "4 references",
    "1 reference",
    "0 references",
    "tests reach 1 of 2 rules, 0 of 2 branches and 2 of 4 cells",
    "▷ Run",
    "Why",
  ]);
});

it("runs tests, and says what came otherwise", () => {
  const { snapshot } = at(source);
  const [run] = finished(runProgramTests(snapshot.program, snapshot.addresses, { name: "sizes may be used" }));
  expect(run?.passed).toBe(false);
  expect(run?.cases.map(({ passed, differences }) => [passed, differences])).toEqual([
    [true, []],
    [false, ["Expected allow, but it came to deny."]],
  ]);
});

it("runs the tests that are wanted, each as a step of its own and once", () => {
  const test = (name: string) =>
    `test "${name}" {\n in letter for customer_care on email\n expect deny use orders.size\n}`;
  const { snapshot } = at(`//- main.scruple\n${source}\n//- more.scruple\npolicy shop\n${test("a")}\n${test("b")}`);
  const stepsOf = (only?: { readonly path: string }) =>
    [...runProgramTests(snapshot.program, snapshot.addresses, only)].length;
  expect([stepsOf({ path: "more.scruple" }), stepsOf({ path: "more.scruple" }), stepsOf(), stepsOf()]).toEqual([
    2, 0, 1, 0,
  ]);
});

it("explains how a test came out", () => {
  const { snapshot } = at(source);
  const text = finished(explainTest(snapshot.program, "main.scruple", "sizes may be used"));
  expect(text).toContain("✓ expect allow use orders.size because letter.sizes");
  expect(text).toMatch(/\? `letter\.mail` would allow it\n.*\? `subject\.age >= 18`/);
});

it("says of a limit that it counts", () => {
  const { snapshot } = at(source.replace("sizes: allow", "few: deny use any after 2 per week\n  sizes: allow"));
  const text = finished(explainTest(snapshot.program, "main.scruple", "sizes may be used"));
  expect(text).toContain("✓ `letter.few` counts it, and denies once there were enough");
  expect(text).toMatch(/✗ `orders\.keep` would deny it.*\n.*\(`data\.age` = 1 day\)/);
});

it("tells which tests there are, and which rules, branches and cells they reach", () => {
  const { snapshot } = at(source);
  expect(testsIn(snapshot).map(({ name }) => name)).toEqual(["sizes may be used"]);
  const { rules, branches, cells } = finished(coverageOf(snapshot));
  expect(rules.map(({ path, isReached }) => [path, isReached])).toEqual([
    ["letter.sizes", true],
    ["letter.mail", false],
  ]);
  expect(branches?.map(({ range, label, isTaken }) => [textAt(snapshot.file, range), label, isTaken])).toEqual([
    ["when adult", "when: true", false],
    ["when adult", "when: false", false],
  ]);
  expect(
    cells?.map(({ interaction, range, covered, total }) => [interaction, textAt(snapshot.file, range), covered, total]),
  ).toEqual([["letter", "letter", 2, 4]]);
});

it("finds the conditions of exceptions, and of rules that hold everywhere", () => {
  const everywhere = `
old: deny use orders.email
  unless nearby
  except {
    on email when subject.region = eu |
    on email unless subject.age > 90
  }
`;
  const { snapshot } = at(`${source}${everywhere}`);
  const found = finished(coverageOf(snapshot)).branches?.filter(({ rule }) => rule === "old") ?? [];
  expect(found.map(({ label, range, isTaken }) => [label, textAt(snapshot.file, range), isTaken])).toEqual([
    ["unless: true", "unless nearby", false],
    ["unless: false", "unless nearby", false],
    ["except 1 › when: true", "when subject.region = eu", false],
    ["except 1 › when: false", "when subject.region = eu", false],
    ["except 2 › unless: true", "unless subject.age > 90", false],
    ["except 2 › unless: false", "unless subject.age > 90", false],
  ]);
});
