import { compile } from "@scruple/compiler";
import type { Model } from "@scruple/model";
import { type RandomProject, randomProject, randomRequests, type WireRequest } from "@scruple/testkit";
import { expect } from "vitest";

const requestsEach = 12;

export interface Subject {
  /** Repeats it. */
  readonly seed: number;
  readonly project: RandomProject;
  readonly model: Model;
  readonly requests: readonly WireRequest[];
}

/** Random policies with requests, from consecutive seeds. */
export function* subjects(from: number, count: number): Generator<Subject> {
  for (let seed = from; seed < from + count; seed++) {
    const project = randomProject(seed);
    const model = modelOf(project, seed);
    yield { seed, project, model, requests: randomRequests(model, seed, requestsEach) };
  }
}

export function modelOf(project: RandomProject, seed: number): Model {
  const program = compile(project.files);
  const errors = program.diagnostics.filter(({ severity }) => severity === "error");
  expect(errors, `seed ${seed}: a random policy compiles`).toEqual([]);
  return program.model(project.policy) as Model;
}
