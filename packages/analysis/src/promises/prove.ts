import type { Model, PromiseLine } from "@scruple/model";
import { DecisionSpace } from "../space/decision-space.ts";
import { proveInside } from "./prove-inside.ts";
import { type PromiseResult, proveTogether } from "./prove-together.ts";

/** Proves or refutes each line of each promise, for every request that there can be within the bounds of interactions. */
export function prove(of: Model | DecisionSpace): readonly PromiseResult[] {
  const space = of instanceof DecisionSpace ? of : new DecisionSpace(of);
  const { model } = space.world;
  const reports = model.interactions.map((interaction) => proveInside(space.of(interaction), linesOf(model)));
  return proveTogether(space.world, reports);
}

/** Every line of every promise, in their order. */
export function linesOf({ promises }: Model): readonly PromiseLine[] {
  return promises.flatMap(({ lines }) => lines);
}
