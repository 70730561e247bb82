import type { Decision, Site, Traced } from "../index.ts";
import type { Behind } from "./behind.ts";
import { type Call, readCall } from "./call.ts";
import type { Piece } from "./deciding.ts";
import { type Denial, PolicyViolation, refusal } from "./denial.ts";
import { counterOf } from "./holding.ts";
import { type Proceeding, proceed } from "./proceeding.ts";

/** What a user interface may be told beforehand. It is advice, and no permission. */
export type Advice = "likely" | "no";

/** Decides about fields together, all or nothing. Nothing is spent, and nothing is allowed to be done later. */
export async function decide(behind: Behind, site: Site, raw: unknown, data: unknown): Promise<Decision> {
  return ask(behind, site, "decide", raw, data, async ({ append, attempt }, { decision, conditions }, fields) => {
    await attempt(() => append(fields, { decision, conditions }, "decided"));
    return decision;
  });
}

/**
 * Returns where fields may be used together, and goes no further elsewhere. What is limited, or obliges to something, is
 * not for it: only `act`, `show` and `minimize` count and do duties.
 *
 * @throws PolicyViolation
 */
export async function assert(behind: Behind, site: Site, raw: unknown, data: unknown): Promise<Decision> {
  return ask(behind, site, "assert", raw, data, async ({ append, attempt, call, deny }, traced, fields) => {
    const { decision } = traced;
    const denial = deny(decision) ?? boundOf(decision);
    const receipt = await attempt(() => append(fields, traced, denial === undefined ? "decided" : "withheld"));
    const missing = receipt === undefined ? unrecorded(decision) : undefined;
    const hindrance = denial ?? missing;
    if (hindrance === undefined) return decision;
    throw new PolicyViolation(described(call, decision, fields), hindrance);
  });
}

/** Whether it is worth offering. Limits are looked at, and nothing is spent or written. Never rejects. */
export async function preview(behind: Behind, site: Site, raw: unknown, data: unknown): Promise<Advice> {
  try {
    return await ask(behind, site, "preview", raw, data, async (proceeding, { decision }) => {
      if (proceeding.deny(decision) !== undefined || (await isSpent(proceeding, decision))) return "no";
      return "likely";
    });
  } catch {
    return "no";
  }
}

function ask<T>(
  behind: Behind,
  site: Site,
  kind: "decide" | "assert" | "preview",
  raw: unknown,
  data: unknown,
  answer: (proceeding: Proceeding, traced: Traced, fields: readonly string[]) => Promise<T>,
): Promise<T> {
  const call = readCall(site, null, raw);
  const fields = readFields(data);
  return proceed(behind, call, kind, fields, (proceeding) => {
    const pieces = fields.map((field): Piece => ({ field, age: call.age }));
    return answer(proceeding, proceeding.decide(pieces), fields);
  });
}

/** No request is about more fields than this. */
const mostFields = 10_000;

/** Texts; whatever else is there makes the list one that is denied. */
function readFields(data: unknown): readonly string[] {
  try {
    if (!Array.isArray(data) || !(data.length <= mostFields)) return [];
    const fields = Array.from({ length: data.length }, (_, i) => data[i]);
    return fields.every((field) => typeof field === "string") ? fields : [];
  } catch {
    return [];
  }
}

/** Why an allow is not for `assert`; undefined where it is. */
function boundOf(decision: Decision): Denial | undefined {
  const { duties, limits } = decision;
  if (limits.length === 0 && duties.length === 0) return undefined;
  const why =
    limits.length > 0 ? "It is limited, and `assert` does not count" : "It obliges, and `assert` does no duties";
  return refusal(decision, "uncountable", `${why}: \`act\` does.`, { rules: limits.map(({ rule }) => rule) });
}

function unrecorded(decision: Decision): Denial {
  return refusal(decision, "unavailable", "The audit trail does not answer.");
}

/** Names that the policy does not know may be anything, and are not repeated. */
function described({ interaction, operation }: Call, { errors }: Decision, fields: readonly string[]): string {
  if (errors.length > 0) return `A call in \`${interaction}\` that the policy cannot read`;
  return `To ${operation} ${fields.map((field) => `\`${field}\``).join(", ")} in \`${interaction}\``;
}

async function isSpent({ behind, call }: Proceeding, { limits }: Decision): Promise<boolean> {
  const { subject } = call;
  if (limits.length === 0) return false;
  if (subject === null) return true;
  const { core, now, stores } = behind;
  const counts = limits.map(async (limit) => {
    const spent = await stores.limits.spent(
      counterOf(core.policy.name, limit, subject, call.channel),
      limit.per,
      now(),
    );
    return !(spent < limit.count);
  });
  return (await Promise.all(counts)).includes(true);
}
