/** What a request is answered with. The wire form is the same, one object a line. */
export interface Decision {
  /** The request's `id`, if it is a string or a number; else null. */
  readonly id: string | number | null;
  readonly decision: "allow" | "deny";
  readonly rules: readonly string[];
  readonly because: readonly string[];
  readonly told: readonly string[];
  readonly basis: readonly string[];
  readonly duties: readonly BoundDuty[];
  readonly limits: readonly BoundLimit[];
  readonly missing: readonly string[];
  readonly precision: string | null;
  /** Seconds until the quiet time ends, where quiet alone denies. */
  readonly retryAfter: number | null;
  /** `sha256:` and 64 hexadecimal digits: `hashModel` of the model that decided. */
  readonly model: string;
  readonly errors: readonly string[];
}
export interface BoundDuty {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}
export interface BoundLimit {
  readonly rule: string;
  readonly count: number;
  /** The rolling window in seconds. */
  readonly per: number;
  readonly by: "subject" | "subject+channel";
}

/** A denial of which nothing is said but what is wrong: no rule was asked. */
export function errorDecision(model: string, error: string): Decision {
  return { id: null, ...bareDenial, model, errors: [error] };
}

/** What a denial holds of which nothing is known, in the order of the wire; who decided and what was wrong follow it. */
export const bareDenial: Omit<Decision, "id" | "model" | "errors"> = {
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
};
