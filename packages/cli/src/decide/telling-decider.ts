import { indexModel, type Model, readRequest, type World } from "@scruple/model";
import type { Decider } from "./decide-stream.ts";

/**
 * A guard that says more of what is wrong with a request: for whoever writes requests, all of it, with the nearest declared
 * names. The guard decides all the same; a request is read a second time only where the guard has found an error in it.
 */
export function tellingDecider(guard: Decider, model: Model): Decider {
  let world: World | undefined;
  return {
    policy: guard.policy,
    decide: (request) => {
      const decision = guard.decide(request);
      if (decision.errors.length === 0) return decision;
      world ??= indexModel(model);
      const read = readRequest(world, request);
      // Should the two ever be of different minds, the guard's word stands.
      return "pieces" in read ? decision : { ...decision, errors: read };
    },
  };
}
