import { compile } from "@scruple/compiler";
import type { Model } from "@scruple/model";
import { randomProject, type Scale, scales } from "@scruple/testkit";

const models = new Map<Scale, Map<number, Model>>();

/** The model of the random project of a seed. It is kept: many tests begin with the same seeds. */
export function randomModel(seed: number, scale: Scale = scales.usual): Model {
  const kept = models.get(scale) ?? new Map<number, Model>();
  models.set(scale, kept);
  const known = kept.get(seed);
  if (known !== undefined) return known;
  const project = randomProject(seed, scale);
  const model = compile(project.files).model(project.policy);
  if (model === null) throw new Error(`The random project ${seed} does not compile.`);
  kept.set(seed, model);
  return model;
}
