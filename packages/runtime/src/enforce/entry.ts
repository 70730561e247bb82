import type { Traced } from "../index.ts";
import type { Behind } from "./behind.ts";
import type { Call } from "./call.ts";
import { joining } from "./deciding.ts";
import type { AuditEntry } from "./stores.ts";

/** What the audit trail says of a decision, but for whom it is about. */
export function entryOf(
  { core, now }: Behind,
  call: Call,
  fields: readonly string[],
  { decision, conditions }: Traced,
  outcome: AuditEntry["outcome"],
): Omit<AuditEntry, "subject" | "act"> {
  // Of a request that is no proper one, what stands for a name may be anything.
  const name = (value: unknown) => (decision.errors.length === 0 && typeof value === "string" ? value : null);
  return {
    at: new Date(now()).toISOString(),
    policy: core.policy.name,
    model: decision.model,
    interaction: call.interaction,
    operation: name(call.operation) ?? "",
    data: decision.errors.length === 0 ? joining(fields, call.joined, (field) => field) : [],
    with: name(call.joined),
    purpose: name(call.purpose) ?? "",
    channel: name(call.channel) ?? "",
    recipient: name(call.recipient),
    precision: decision.precision,
    decision: decision.decision,
    rules: decision.rules,
    basis: decision.basis,
    conditions,
    missing: decision.missing,
    duties: [...new Set(decision.duties.map((duty) => duty.name))],
    limits: decision.limits.map(({ rule }) => rule),
    outcome,
    errors: decision.errors.length,
  };
}
