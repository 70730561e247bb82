import type { Decision } from "@scruple/model";

/** The answer to a line that cannot be a request. */
export function lineError(model: string, message: string): Decision {
  return {
    id: null,
    decision: "deny",
    rules: [],
    because: [],
    told: [],
    basis: [],
    duties: [],
    limits: [],
    missing: [],
    precision: null,
    retryAfter: null,
    model,
    errors: [message],
  };
}
