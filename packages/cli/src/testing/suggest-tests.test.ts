import { compile } from "@scruple/compiler";
import { evaluator } from "@scruple/model";
import { cellCoverage, runTests, suggestTests } from "@scruple/testing";
import { readCorpus } from "@scruple/testkit";
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
  expect(suggestion).toMatchObject({ policy: "shop", tests: 1 });
  project.write("b.scruple", `policy shop\n\n${suggestion.text}`);
  const again = await project.run(["test", "--suggest", "--format", "json"]);
  expect(again.code).toBe(0);
  expect(JSON.parse(again.out)).toMatchObject({ passed: 2, failed: 0, coverage: { cells: { covered: 2, total: 2 } } });
  expect((await project.run(["test", "--suggest"])).out).not.toContain("// ");
});

test("for every program of the corpus, whatever is suggested works", () => {
  let suggested = 0;
  let asked = 0;
  for (const { files } of readCorpus().good) {
    const program = compile(files);
    for (const { name } of program.policies) {
      const model = program.model(name);
      if (model === null) continue;
      const results = runTests(
        program,
        model,
        () => true,
        (one) => evaluator(one).decide,
      );
      const cells = cellCoverage(model, results);
      asked += cells.uncovered.length;
      suggested += suggestTests(files, model, cells, results).tests;
    }
  }
  expect(asked).toBeGreaterThan(20);
  expect(suggested / asked).toBeGreaterThan(0.9);
});
