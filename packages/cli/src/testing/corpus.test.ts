import { compile, type Program, type TestCase } from "@scruple/compiler";
import { instantiate } from "@scruple/emit";
import { type Decision, evaluator, type Model } from "@scruple/model";
import { readCorpus } from "@scruple/testkit";
import { describe, expect, test } from "vitest";

const evaluators = [
  ["the reference", (model: Model) => evaluator(model)],
  ["the guard", (model: Model) => instantiate(model)],
] as const;

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

  test.each(evaluators)("is decided by %s as it says", (_, make) => {
    const guards = new Map([...models].map(([policy, model]) => [policy, make(model)]));
    for (const [policy, { decide }] of guards) {
      for (const { name, cases } of compiled.tests(policy)) {
        for (const { request, expect: wanted, text } of cases) {
          expect(shown(decide(request), wanted), `${name}: ${text}`).toEqual(wanted);
        }
      }
    }
    for (const { at, policy, request, expect: wanted } of program.decisions) {
      const decision = decided(guards.get(policy ?? onlyPolicy(compiled))!.decide(request));
      for (const [key, value] of Object.entries(wanted)) expect(decision[key], `${at}: ${key}`).toEqual(value);
    }
  });
});

function* modelsOf(compiled: Program): Generator<[string, Model]> {
  for (const { name } of compiled.policies) {
    const model = compiled.model(name);
    if (model !== null) yield [name, model];
  }
}

function onlyPolicy({ policies }: Program): string {
  const [only, ...others] = policies.filter(({ declaresInteraction }) => declaresInteraction);
  expect(others, "where several policies could decide, the request's line names one").toEqual([]);
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

/** As it goes over a wire. How many errors there are, and in which words, is each evaluator's own. */
function decided(decision: Decision): Record<string, unknown> {
  const { errors, ...rest } = JSON.parse(JSON.stringify(decision));
  return { ...rest, errors: errors.slice(0, 1).map(() => "…") };
}
