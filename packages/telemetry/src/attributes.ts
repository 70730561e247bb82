import type { Attributes } from "@opentelemetry/api";
import { operations } from "@scruple/runtime";
import type { AuditEntry, ObservedCall, ObservedOutcome } from "@scruple/runtime/enforce";

/**
 * What attributes are called: a namespace of our own, as OpenTelemetry asks of those who are not in its conventions, and
 * `error.type` from them. All values are names that the policy declares, or one of a few words: no values of data, nothing
 * of whom it is about, and nothing that whoever calls can make up.
 */
export const attribute = {
  policy: "scruple.policy",
  model: "scruple.model",
  call: "scruple.call",
  interaction: "scruple.interaction",
  operation: "scruple.operation",
  decision: "scruple.decision",
  outcome: "scruple.outcome",
  data: "scruple.data",
  purpose: "scruple.purpose",
  channel: "scruple.channel",
  rules: "scruple.rules",
  missing: "scruple.missing",
  duties: "scruple.duties",
  limits: "scruple.limits",
  requestErrors: "scruple.request.errors",
  problems: "scruple.problems.count",
  errorType: "error.type",
} as const;

/** What a word is that is none of those known; the conventions call it that. */
const other = "_OTHER";

/** Which call it is. The operation may be anything that somebody sent. */
export function callAttributes({ call, policy, interaction, operation }: ObservedCall): Attributes {
  return {
    [attribute.call]: call,
    [attribute.policy]: policy,
    [attribute.interaction]: interaction,
    [attribute.operation]: (operations as readonly string[]).includes(operation) ? operation : other,
  };
}

/** The same, and which model decides: too many over the years to count by. */
export function spanAttributes(call: ObservedCall): Attributes {
  return { ...callAttributes(call), [attribute.model]: call.model };
}

/** What became of a call, for its span; nothing where nothing was decided. */
export function outcomeAttributes({ entries }: ObservedOutcome): Attributes {
  const last = entries.at(-1);
  if (last === undefined) return {};
  // A screen may get some of its fields.
  const isPartial = entries.some(({ decision }) => decision !== last.decision);
  return {
    [attribute.decision]: isPartial ? "partial" : last.decision,
    ...(!isPartial && { [attribute.outcome]: last.outcome }),
    [attribute.rules]: [...new Set(entries.flatMap(({ rules }) => rules))],
  };
}

/** What was decided, of one entry of the audit trail. */
export function entryAttributes(entry: AuditEntry): Attributes {
  return {
    [attribute.policy]: entry.policy,
    [attribute.model]: entry.model,
    [attribute.interaction]: entry.interaction,
    [attribute.operation]: entry.operation === "" ? other : entry.operation,
    [attribute.decision]: entry.decision,
    [attribute.outcome]: entry.outcome,
    [attribute.data]: [...entry.data],
    [attribute.purpose]: entry.purpose,
    [attribute.channel]: entry.channel,
    [attribute.rules]: [...entry.rules],
    [attribute.missing]: [...entry.missing],
    [attribute.duties]: [...entry.duties],
    [attribute.limits]: [...entry.limits],
    [attribute.requestErrors]: entry.errors,
  };
}

/** JavaScript's own errors, those of who was told to stop or waited too long, and ours. */
const errors: ReadonlySet<unknown> = new Set([
  ...["Error", "AggregateError", "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"],
  ...["AbortError", "TimeoutError"],
  ...["PolicyViolation", "StoreError", "TrailError"],
]);

/** The kind of an error, where its name is one of those known: who gives another to an error may have put anything in it. */
export function errorType(error: unknown): string {
  try {
    if (!(error instanceof Error)) return typeof error;
    const { name } = error;
    return errors.has(name) ? name : other;
  } catch {
    return other;
  }
}
