import { interpret } from "@scruple/emit";
import type { Model } from "@scruple/model";
import type { Guard } from "@scruple/runtime";
import { Refused } from "./refused.ts";

/** The guard of a model that has been checked. @throws Refused where none can be made of it */
export function guardOf(model: Model): Guard {
  try {
    const guard = interpret(model);
    // Guards read their tables when they are first asked, which is better done before somebody waits.
    guard.decide({});
    return guard;
  } catch {
    throw new Refused("No guard can be made of the model: it contradicts itself.");
  }
}
