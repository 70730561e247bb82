import type { Check } from "./prepare.ts";
import type { Surface } from "./surface.ts";

/** What a guard answers. As JSON, with its keys in this order, it is one line of `scruple decide`. */
export interface Decision {
  /** The request's `id`, if it is a string or a number; else null. */
  readonly id: string | number | null;
  readonly decision: "allow" | "deny";
  /** For an allow, every allow that applies; for a denial, every denial that applies to a denied piece of data. */
  readonly rules: readonly string[];
  /** Why: what the rules say, and a sentence where nothing allows the request. */
  readonly because: readonly string[];
  /** What the customer was told; empty on a denial. */
  readonly told: readonly string[];
  /** The legal bases as the policy writes them; empty on a denial. */
  readonly basis: readonly string[];
  /** What the application has to do when it acts on the allow. */
  readonly duties: readonly BoundDuty[];
  /** What acting on the allow counts against. */
  readonly limits: readonly BoundLimit[];
  /** For a denial, the unknown facts that stood in the way, by name. */
  readonly missing: readonly string[];
  /** The precision that was asked for. */
  readonly precision: string | null;
  /** Seconds until the quiet time ends, where quiet alone denies. */
  readonly retryAfter: number | null;
  /** The hash of the model that decided. */
  readonly model: string;
  /** What is wrong with the request itself, at least the first of it; it is denied then, and every other list is empty. */
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

/** What an emitted guard exports beside `decide`. */
export interface Policy {
  readonly name: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly hash: string;
  /** The paths of all rules and implied denials that a decision may name, sorted. */
  readonly rules: readonly string[];
}

/** A decision, and how it came about. */
export interface Traced {
  readonly decision: Decision;
  /** How the condition of each rule that selects the request came out; of several pieces of data, the lowest. */
  readonly conditions: Readonly<Record<string, "true" | "false" | "unknown">>;
}

export interface Guard {
  /** What the calls to it have to know. */
  readonly surface: Surface;
  /** Decides one request. Never throws: what cannot be read is denied, with `errors`. */
  decide(request: unknown): Decision;
  /** Decides as `decide` does, and tells of every rule that had to be asked. */
  trace(request: unknown): Traced;
  /**
   * Fixes what is known at a call site, a request without `subject`, `facts`, `consents` and `objections`, and leaves its
   * conditions. What the check says is no permission for later, and it counts nothing.
   *
   * @throws TypeError where a name is unknown, or something is missing
   */
  prepare(act: object): Check;
  readonly policy: Policy;
}
