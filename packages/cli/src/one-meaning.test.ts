import { compile } from "@scruple/compiler";
import { instantiate } from "@scruple/emit";
import { evaluator, type Model } from "@scruple/model";
import {
  Dice,
  type RandomProject,
  randomProject,
  randomRequests,
  randomRule,
  type WireRequest,
} from "@scruple/testkit";
import { describe, expect, test } from "vitest";

/** One meaning: whoever evaluates a policy decides alike. The seeds are fixed; a failure names the one that repeats it. */
const policies = 2_000;
const requestsEach = 12;

function modelOf(project: RandomProject, seed: number): Model {
  const program = compile(project.files);
  const errors = program.diagnostics.filter(({ severity }) => severity === "error");
  expect(errors, `seed ${seed}: a random policy compiles`).toEqual([]);
  return program.model(project.policy) as Model;
}

interface Subject {
  readonly seed: number;
  readonly project: RandomProject;
  readonly model: Model;
  readonly requests: readonly WireRequest[];
}
function* subjects(from: number, count: number): Generator<Subject> {
  for (let seed = from; seed < from + count; seed++) {
    const project = randomProject(seed);
    const model = modelOf(project, seed);
    yield { seed, project, model, requests: randomRequests(model, seed, requestsEach) };
  }
}

test(`the guard decides as the reference does, on ${policies} random policies`, () => {
  let allowed = 0;
  for (const { seed, model, requests } of subjects(1, policies)) {
    const reference = evaluator(model);
    const guard = instantiate(model);
    for (const request of requests) {
      const expected = reference.decide(request);
      const actual = JSON.parse(JSON.stringify(guard.decide(request)));
      const told = { ...actual, errors: actual.errors.length > 0 };
      expect(told, `seed ${seed}, ${JSON.stringify(request)}`).toEqual({
        ...expected,
        errors: expected.errors.length > 0,
      });
      if (expected.decision === "allow") allowed++;
    }
  }
  // Requests that are always refused would prove little.
  expect(allowed).toBeGreaterThan(policies);
});

describe("properties of every evaluator", () => {
  const evaluators = [
    ["the reference", (model: Model) => evaluator(model)],
    ["the guard", (model: Model) => instantiate(model)],
  ] as const;

  test.each(evaluators)("%s: withholding a fact never allows, nor sheds a duty or a limit", (_, make) => {
    for (const { seed, model, requests } of subjects(10_001, 300)) {
      const { decide } = make(model);
      for (const request of requests) {
        const before = decide(request);
        for (const less of withheld(request)) {
          const after = decide(less);
          if (after.decision === "deny") continue;
          const context = `seed ${seed}, ${JSON.stringify(request)} less ${JSON.stringify(less)}`;
          expect(before.decision, context).toBe("allow");
          expect(after.duties, context).toEqual(expect.arrayContaining([...before.duties]));
          expect(after.limits, context).toEqual(expect.arrayContaining([...before.limits]));
        }
      }
    }
  });

  test.each(evaluators)("%s: a denial added never allows", (_, make) => {
    for (const { seed, project, model, requests } of subjects(20_001, 300)) {
      const { decide } = make(model);
      const stricter = make(modelOf(withDenial(project, seed), seed));
      for (const request of requests) {
        if (decide(request).decision === "deny") {
          expect(stricter.decide(request).decision, `seed ${seed}, ${JSON.stringify(request)}`).toBe("deny");
        }
      }
    }
  });

  test.each(evaluators)("%s: the order of rules, declarations and files never matters", (_, make) => {
    for (const { seed, project, model, requests } of subjects(30_001, 300)) {
      const backwards = modelOf({ ...project, files: [...project.files].reverse() }, seed);
      const { decide } = make(model);
      const turned = make(turn(backwards));
      for (const request of requests) {
        const { model: _hash, ...expected } = decide(request);
        const { model: _other, ...actual } = turned.decide(request);
        expect(actual, `seed ${seed}, ${JSON.stringify(request)}`).toEqual(expected);
      }
    }
  });

  test.each(evaluators)("%s: where disclosure is allowed, so is use", (_, make) => {
    for (const { seed, model, requests } of subjects(40_001, 300)) {
      const { decide } = make(model);
      for (const request of requests) {
        const { with: _joined, ...plain } = request;
        if (decide({ ...plain, operation: "disclose" }).decision === "deny") continue;
        expect(decide({ ...plain, operation: "use" }).decision, `seed ${seed}, ${JSON.stringify(request)}`).toBe(
          "allow",
        );
      }
    }
  });
});

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
