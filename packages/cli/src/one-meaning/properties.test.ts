import { instantiate } from "@scruple/emit";
import { type Decision, evaluator, type Model } from "@scruple/model";
import { Dice, type RandomProject, randomRule, type WireRequest } from "@scruple/testkit";
import { describe, expect, test } from "vitest";
import { modelOf, subjects } from "../fixtures/subjects.ts";

const policies = 150;

describe("properties of every evaluator", { timeout: 300_000 }, () => {
  const evaluators = [
    ["the reference", (model: Model) => evaluator(model)],
    ["the guard", (model: Model) => instantiate(model)],
  ] as const;

  test.each(evaluators)("%s: withholding a fact never allows, nor sheds a duty or a limit", (_, make) => {
    for (const { seed, model, requests } of subjects(10_001, policies)) {
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
    for (const { seed, project, model, requests } of subjects(20_001, policies)) {
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
    for (const { seed, project, model, requests } of subjects(30_001, policies)) {
      const backwards = modelOf({ ...project, files: [...project.files].reverse() }, seed);
      const { decide } = make(model);
      const turned = make(turn(backwards));
      for (const request of requests) {
        const context = `seed ${seed}, ${JSON.stringify(request)}`;
        expect(comparable(turned.decide(request)), context).toEqual(comparable(decide(request)));
      }
    }
  });

  test.each(evaluators)("%s: where disclosure is allowed, so is use", (_, make) => {
    for (const { seed, model, requests } of subjects(40_001, policies)) {
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
