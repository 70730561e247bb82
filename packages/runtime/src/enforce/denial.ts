import type { Decision } from "../index.ts";
import type { AuditEntry } from "./stores.ts";

/** Why something was not done. */
export interface Denial {
  /**
   * `policy`: it is not allowed. `limit`: it is, but not so often. `repeated`: the idempotency key was used before.
   * `uncountable`: a limit counts by person, and the call names nobody; or the call is one that spends nothing.
   * `imprecise`: it may be used at a coarser level only, and nothing registered makes it so.
   * `unavailable`: a store, the audit trail or what reads the person does not answer, and what it would say stands in the way; or
   * nothing handles a duty that it obliges to, or a value of a profile cannot be opened.
   */
  readonly reason: "policy" | "limit" | "repeated" | "uncountable" | "imprecise" | "unavailable";
  /** What the rules say that stand in the way, or a sentence where they say nothing; names, never values. */
  readonly because: readonly string[];
  /** Paths of the rules that stand in the way. */
  readonly rules: readonly string[];
  /** Facts that are not known and stand in the way. */
  readonly missing: readonly string[];
  /** Seconds after which it may succeed, where waiting alone helps. */
  readonly retryAfter: number | null;
  /** Of a repeated key: whether the earlier act was done, or is under way or ended without saying how. */
  readonly earlier?: "done" | "unsettled";
  /** Of an act: that it has no idempotency key, or what can be none, is all that is wrong with the call. */
  readonly unkeyed?: true;
  readonly decision: Decision;
}

/** @param isUnheard Whether what tells of a fact has not answered. */
export function denialOf(decision: Decision, isUnheard: (fact: string) => boolean): Denial {
  const { because, errors, rules, missing, retryAfter } = decision;
  const unheard = missing.filter(isUnheard).map((fact) => `\`${fact}\``);
  if (unheard.length > 0) {
    const why = [...because, `What tells of ${unheard.join(", ")} does not answer.`];
    return { reason: "unavailable", because: why, rules, missing, retryAfter: null, decision };
  }
  return { reason: "policy", because: errors.length > 0 ? errors : because, rules, missing, retryAfter, decision };
}

/** A denial of what the policy alone would allow. */
export function refusal(
  decision: Decision,
  reason: Exclude<Denial["reason"], "policy">,
  because: string,
  more: Partial<Denial> = {},
): Denial {
  return { reason, because: [because], rules: [], missing: [], retryAfter: null, ...more, decision };
}

/** Thrown by `assert`. Its message names rules and fields, never values. */
export class PolicyViolation extends Error {
  override readonly name = "PolicyViolation";
  readonly denial: Denial;

  constructor(what: string, denial: Denial) {
    const rules = denial.rules.length === 0 ? "" : ` (${denial.rules.join(", ")})`;
    const because = denial.decision.errors.length > 0 ? "" : denial.because.join(" ");
    super(`${what} is denied${rules}. ${because}`.trimEnd());
    this.denial = denial;
  }

  get decision(): Decision {
    return this.denial.decision;
  }
}

/** What the audit trail calls what became of it. */
export function outcomeOf({ reason }: Denial): AuditEntry["outcome"] {
  if (reason === "limit") return "exhausted";
  if (reason === "repeated") return "repeated";
  return reason === "unavailable" ? "failed" : "withheld";
}
