import type { Denial, PolicyViolation } from "@scruple/runtime/enforce";

/** What a client is told of a denial: RFC 9457, with names of rules and facts, and no value of anything. */
export interface ProblemDetails {
  /** RFC 9457: the status says all that there is to say of the type. */
  readonly type: "about:blank";
  readonly title: (typeof titles)[Status];
  readonly status: Status;
  /** What the policy says for the rules that stand in the way. */
  readonly detail: string;
  readonly reason: Denial["reason"];
  /** Paths of rules. */
  readonly rules: readonly string[];
  /** Facts that are not known and stand in the way. */
  readonly missing: readonly string[];
  /** Seconds after which it may succeed, where waiting alone helps. */
  readonly retryAfter: number | null;
}

/** What RFC 9110 and RFC 6585 call these. */
const titles = { 400: "Bad Request", 403: "Forbidden", 429: "Too Many Requests", 503: "Service Unavailable" } as const;
type Status = keyof typeof titles;

export const problemType = "application/problem+json";

/** @returns what to answer instead of what a handler was to give */
export function problemOf(denial: Denial): ProblemDetails {
  const { reason, rules, missing, retryAfter } = denial;
  const status = statusOf(denial);
  return {
    type: "about:blank",
    title: titles[status],
    status,
    detail: detailOf(denial),
    reason,
    rules,
    missing,
    retryAfter,
  };
}

function detailOf({ because, decision, unkeyed }: Denial): string {
  if (unkeyed === true)
    return "An idempotency key is missing, or too long: by it, what is asked for twice is done once.";
  // What is wrong with a request repeats what it said.
  return decision.errors.length > 0 ? "The policy does not know what was asked for." : because.join(" ");
}

/**
 * Nothing but 403 says that the same request would be denied again as long as the policy, or what it is about, is as it is; and 400
 * that it would be whatever they are.
 */
function statusOf({ reason, retryAfter, unkeyed }: Denial): Status {
  if (unkeyed === true) return 400;
  if (reason === "unavailable") return 503;
  return reason === "limit" && retryAfter !== null ? 429 : 403;
}

export function headersOf({ retryAfter }: ProblemDetails): Readonly<Record<string, string>> {
  return {
    "content-type": problemType,
    ...(retryAfter === null ? {} : { "retry-after": String(Math.ceil(retryAfter)) }),
  };
}

/** What a handler that could not act has: `act` returns it. */
export interface NotDone {
  readonly done: false;
  readonly denial: Denial;
}

/**
 * Runs a handler. One that returns what `act` returned where it was not done, or lets a `PolicyViolation` pass, gives a problem.
 *
 * @throws whatever else the handler throws
 */
export async function answerOf<T>(
  handle: () => T | Promise<T>,
): Promise<{ readonly value: T } | { readonly problem: ProblemDetails }> {
  try {
    const value = await handle();
    return isNotDone(value) ? { problem: problemOf(value.denial) } : { value };
  } catch (error) {
    if (isViolation(error)) return { problem: problemOf(error.denial) };
    throw error;
  }
}

function isNotDone(value: unknown): value is NotDone {
  return typeof value === "object" && value !== null && "done" in value && value.done === false && "denial" in value;
}

/** By its name: a bundle may have a class of its own. */
function isViolation(error: unknown): error is PolicyViolation {
  return error instanceof Error && error.name === "PolicyViolation" && "denial" in error;
}
