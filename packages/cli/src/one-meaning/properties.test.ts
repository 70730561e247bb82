import { instantiate } from "@scruple/emit";
import { type Decision, evaluator, type Model } from "@scruple/model";
import { Dice, type RandomProject, randomRule, type WireRequest } from "@scruple/testkit";
import { beforeAll, describe, expect, test } from "vitest";
import { compiled, type Subject, subjects } from "../fixtures/subjects.ts";

const policies = 300;
const names = ["the reference", "the guard"] as const;

function evaluatorsOf(model: Model) {
  return { "the reference": evaluator(model), "the guard": instantiate(model) };
}

describe(`properties of every evaluator, on ${policies} random policies`, { timeout: 300_000 }, () => {
  /** Every property is tried on every policy. */
  let corpus: readonly (Subject & { readonly evaluators: ReturnType<typeof evaluatorsOf> })[] = [];
  beforeAll(() => {
    corpus = [...subjects(10_001, policies)].map((subject) => ({
      ...subject,
      evaluators: evaluatorsOf(subject.model),
    }));
  }, 300_000);

  describe.each(names)("%s", (name) => {
    test("withholding a fact never allows, nor sheds a duty or a limit", () => {
      for (const { seed, evaluators, requests } of corpus) {
        const { decide } = evaluators[name];
        for (const request of requests) {
          const before = decide(request);
          for (const less of withheld(request)) {
            const after = decide(less);
            if (after.decision === "deny") continue;
            // Most have nothing that could be shed, and to put a label together takes longer than to decide.
            if (before.decision === "allow" && before.duties.length + before.limits.length === 0) continue;
            const context = `seed ${seed}, ${JSON.stringify(request)} less ${JSON.stringify(less)}`;
            expect(before.decision, context).toBe("allow");
            expect(after.duties, context).toEqual(expect.arrayContaining([...before.duties]));
            expect(after.limits, context).toEqual(expect.arrayContaining([...before.limits]));
          }
        }
      }
    });

    test("where disclosure is allowed, so is use", () => {
      for (const { seed, evaluators, requests } of corpus) {
        const { decide } = evaluators[name];
        for (const request of requests) {
          const { with: _joined, ...plain } = request;
          if (decide({ ...plain, operation: "disclose" }).decision === "deny") continue;
          const use = decide({ ...plain, operation: "use" });
          if (use.decision !== "allow") expect.fail(`seed ${seed}, ${JSON.stringify(request)}`);
        }
      }
    });
  });

  test("a denial added never allows", () => {
    for (const { seed, project, program, evaluators, requests } of corpus) {
      const stricter = evaluatorsOf(compiled(withDenial(project, seed), seed, program).model);
      for (const request of requests) {
        for (const name of names) {
          if (evaluators[name].decide(request).decision === "allow") continue;
          if (stricter[name].decide(request).decision !== "deny")
            expect.fail(`${name}, seed ${seed}, ${JSON.stringify(request)}`);
        }
      }
    }
  });

  test("the order of rules, declarations and files never matters", () => {
    for (const { seed, project, program, evaluators, requests } of corpus) {
      const backwards = compiled({ ...project, files: [...project.files].reverse() }, seed, program).model;
      const turned = evaluatorsOf(turn(backwards));
      for (const name of names) {
        const [one, other] = [evaluators[name], turned[name]].map(({ decide }) =>
          requests.map((request) => comparable(decide(request))),
        );
        expect(other, `${name}, seed ${seed}, of the requests ${JSON.stringify(requests)}`).toEqual(one);
      }
    }
  });
});

/** All but the model's hash, which is another's, and the wording of errors, which is no contract. */
function comparable({ model: _hash, errors, ...rest }: Decision): unknown {
  return { ...rest, errors: errors.length > 0 };
}

/** The request without one of its facts, attributes, ages or lists of consents, in every way. */
function* withheld(request: WireRequest): Generator<WireRequest> {
  for (const part of ["subject", "facts"]) {
    const values = (request[part] ?? {}) as Record<string, unknown>;
    for (const key of Object.keys(values)) {
      const { [key]: _dropped, ...rest } = values;
      yield { ...request, [part]: rest };
    }
  }
  for (const key of ["consents", "objections"]) {
    const { [key]: _dropped, ...rest } = request;
    yield rest;
  }
  const ageless = (piece: unknown) =>
    typeof piece === "object" && piece !== null && "field" in piece ? { field: piece.field } : piece;
  const { data } = request;
  if (Array.isArray(data)) {
    for (const i of data.keys()) yield { ...request, data: data.map((piece, j) => (i === j ? ageless(piece) : piece)) };
  } else yield { ...request, data: ageless(data) };
}

function withDenial(project: RandomProject, seed: number): RandomProject {
  const text = `policy ${project.policy}\n${uses(project)}added: ${randomRule(new Dice(seed), project.words, "deny")}\n`;
  return { ...project, files: [...project.files, { path: "added.scruple", text }] };
}

function uses(project: RandomProject): string {
  return project.used === null ? "" : `use ${project.used}\n`;
}

/** The model with every list of declarations turned round. */
function turn(model: Model): Model {
  const reversed = Object.entries(model).map(([key, value]) => [
    key,
    Array.isArray(value) && key !== "files" ? [...value].reverse() : value,
  ]);
  return Object.fromEntries(reversed);
}
