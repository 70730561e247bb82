import { compile, type Program, type TestCase } from "@scruple/compiler";
import { type Decision, evaluator, type Model } from "@scruple/model";
import { type GoodProgram, readCorpus } from "@scruple/testkit";
import { describe, expect, test } from "vitest";

/** Every good program of the corpus, as the reference and the guard decide it. */
const evaluators = [["the reference", (model: Model) => evaluator(model)]] as const;

describe.each(readCorpus().good.map((program) => [program.name, program] as const))("%s", (_, program) => {
  const compiled = compile(program.files);
  const models = new Map(modelsOf(compiled));

  test("compiles", () => {
    expect(compiled.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(compiled.policies.filter(({ name }) => !models.has(name))).toEqual([]);
  });

  test("shows something that can be decided", () => {
    const cases = [...models.keys()].flatMap((policy) => compiled.tests(policy).flatMap((one) => one.cases));
    expect(cases.length + program.decisions.length).toBeGreaterThan(0);
  });

  test.each(evaluators)("is decided by %s as its tests expect", (_, make) => {
    for (const [policy, model] of models) {
      const { decide } = make(model);
      for (const one of compiled.tests(policy)) {
        for (const { request, expect: wanted, text } of one.cases) {
          expect(shown(decide(request), wanted), `${one.name}: ${text}`).toEqual(wanted);
        }
      }
    }
  });

  test.runIf(program.decisions.length > 0).each(evaluators)("is decided by %s as its requests expect", (_, make) => {
    const guards = new Map([...models].map(([policy, model]) => [policy, make(model)]));
    for (const { at, policy, request, expect: wanted } of program.decisions) {
      const guard = guards.get(policy ?? onlyPolicy(compiled, program))!;
      const { errors, ...decision } = JSON.parse(JSON.stringify(guard.decide(request)));
      // The wording of errors is each evaluator's own.
      expect({ ...decision, errors: errors.map(() => "…") }, at).toMatchObject(wanted);
    }
  });
});

function* modelsOf(compiled: Program): Generator<[string, Model]> {
  for (const { name } of compiled.policies) {
    const model = compiled.model(name);
    if (model !== null) yield [name, model];
  }
}

function onlyPolicy(compiled: Program, { name }: GoodProgram): string {
  const [only, ...others] = compiled.policies.filter(({ declaresInteraction }) => declaresInteraction);
  expect(others, `${name}: a request has to say which policy decides`).toEqual([]);
  return only!.name;
}

/** What a test's expectation speaks of. */
function shown({ decision, rules, duties }: Decision, wanted: TestCase["expect"]): TestCase["expect"] {
  return {
    decision,
    rules: wanted.rules && rules,
    duties: wanted.duties && (duties as NonNullable<TestCase["expect"]["duties"]>),
  };
}
