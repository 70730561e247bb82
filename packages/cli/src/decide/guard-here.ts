import { instantiate, interpret } from "@scruple/emit";
import type { Model } from "@scruple/model";

/** The guard of a model, in this process: as code, which is faster, where the host lets text become code. */
export function guardHere(model: Model): ReturnType<typeof interpret> {
  try {
    return instantiate(model);
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    return interpret(model);
  }
}
