import type { BoundLimit, Decision } from "../index.ts";
import { type Denial, refusal } from "./denial.ts";
import type { Proceeding } from "./proceeding.ts";
import type { Reserved, Use } from "./stores.ts";

/** Uses that are held under the key of an act, until one of the two. */
export interface Held {
  readonly limits: readonly BoundLimit[];
  commit(): Promise<void>;
  release(): Promise<void>;
}

/**
 * What a limit counts. A rule of a used policy bears that policy's name and counts for all that use it; a channel counts by
 * its bare name, however it is called.
 */
export function counterOf(policy: string, { rule, by }: BoundLimit, subject: string, channel: unknown): string {
  const name = rule.includes("/") ? rule : `${policy}/${rule}`;
  const on = by === "subject" ? "" : `#${String(channel).split(".").at(-1)}`;
  return `${name}${on} ${subject}`;
}

/** The limits of several, each once, by all that they say: under the same name a later model may count otherwise. */
export function limitsOf(decisions: readonly Pick<Decision, "limits">[]): readonly BoundLimit[] {
  const said = decisions.flatMap(({ limits }) => limits).map((limit) => [JSON.stringify(limit), limit] as const);
  return [...new Map(said).values()];
}

/**
 * Holds uses of the limits that bind.
 *
 * @param decision What is told with a denial.
 * @returns a denial where they cannot be held, or are not to be counted
 */
export async function hold(
  { behind, call, notes }: Proceeding,
  key: string,
  decision: Decision,
  limits: readonly BoundLimit[],
): Promise<Held | Denial> {
  const { policy } = behind.core;
  const store = behind.stores.limits;
  const uses = usesOf(policy.name, limits, call.subject, call.channel);
  if (uses === null)
    return refusal(decision, "uncountable", "A limit counts by person, and the call names nobody.", {
      rules: limits.map(({ rule }) => rule),
    });
  let reserved: Reserved | undefined;
  try {
    const { interaction, subject } = call;
    reserved = await store.reserve({ key: `${policy.name}/${interaction} ${key}`, subject, uses, now: behind.now() });
  } catch (error) {
    notes.problems.push(error);
  }
  switch (reserved?.status) {
    case "reserved": {
      const { reservation } = reserved;
      return { limits, commit: () => store.commit(reservation), release: () => store.release(reservation) };
    }
    case "exhausted": {
      const { counter, retryAfter } = reserved;
      const rules = limits.filter((_, i) => uses[i]?.counter === counter).map(({ rule }) => rule);
      const because = rules.flatMap((rule) => behind.surface.limitOf(rule)?.because ?? []);
      return refusal(decision, "limit", "It has been done as often as it may be.", {
        rules,
        // Of a limit that grants nothing, never.
        retryAfter: Number.isFinite(retryAfter) ? retryAfter : null,
        ...(because.length > 0 && { because }),
      });
    }
    case "repeated": {
      const earlier = reserved.state === "committed" ? "done" : "unsettled";
      const told = earlier === "done" ? "was done" : "is under way, or ended without saying how";
      return refusal(decision, "repeated", `An act of this key ${told}.`, { earlier });
    }
    default:
      return refusal(decision, "unavailable", "The store that counts uses does not answer.");
  }
}

/** Null where a limit counts by person and there is none. */
function usesOf(
  policy: string,
  limits: readonly BoundLimit[],
  subject: string | null,
  channel: unknown,
): readonly Use[] | null {
  if (limits.length === 0) return [];
  if (subject === null) return null;
  return limits.map((limit) => {
    const { count, per } = limit;
    return { counter: counterOf(policy, limit, subject, channel), count, per };
  });
}

export function isHeld(result: Held | Denial): result is Held {
  return "commit" in result;
}

/** Whether these limits are held, and no others. */
export function holds({ limits: held }: Held, limits: readonly BoundLimit[]): boolean {
  return held.length === limits.length && limitsOf([{ limits: held }, { limits }]).length === limits.length;
}
