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
