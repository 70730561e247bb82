import { compile } from "@scruple/compiler";
import type { Model } from "@scruple/model";
import { randomProject } from "@scruple/testkit";

const models = new Map<number, Model>();

/** The model of the random project of a seed. It is kept: many tests begin with the same seeds. */
export function randomModel(seed: number): Model {
  const known = models.get(seed);
  if (known !== undefined) return known;
  const project = randomProject(seed);
  const model = compile(project.files).model(project.policy);
  if (model === null) throw new Error(`The random project ${seed} does not compile.`);
  models.set(seed, model);
  return model;
}
