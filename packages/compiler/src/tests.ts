import type { Value } from "@scruple/model";
import type { Range } from "@scruple/syntax";

/** A request as it is written in JSON. Names are bare for the policy's own declarations, and ids for those of others. */
export interface WireRequest {
  readonly interaction: string;
  readonly operation: string;
  /** `source.field` */
  readonly data: string;
  readonly with: string | null;
  readonly purpose: string;
  readonly channel: string;
  readonly recipient: string | null;
  readonly precision: string | null;
  /** Only what is given; durations in seconds, sets as sorted lists. */
  readonly subject: Readonly<Record<string, Value>>;
  readonly facts: Readonly<Record<string, Value>>;
  readonly consents: readonly { readonly purpose: string; readonly channel: string; readonly explicit: boolean }[];
  readonly objections: readonly { readonly purpose: string; readonly channel: string }[];
}

/** One `expect` of a test. */
export interface TestCase {
  readonly at: Range;
  readonly request: WireRequest;
  readonly expect: {
    readonly decision: "allow" | "deny";
    /** All the rules of the decision, sorted; null where the test does not say. */
    readonly rules: readonly string[] | null;
    /** All the duties, sorted by name and arguments; null where the test does not say. */
    readonly duties: readonly { readonly name: string; readonly arguments: Readonly<Record<string, Value>> }[] | null;
  };
  /** The expectation as written, single-spaced. */
  readonly text: string;
}

/** A `test` block. */
export interface LoweredTest {
  readonly name: string;
  readonly file: string;
  readonly at: Range;
  readonly cases: readonly TestCase[];
}
