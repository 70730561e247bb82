import type { BoundDuty, BoundLimit } from "./decision.ts";
import type { RuleEntry } from "./tables.ts";

/** What a rule contributes to the decisions that it bears on. */
export interface Rule {
  readonly path: string;
  readonly effect: "allow" | "deny" | "limit" | "quiet";
  readonly because: string | undefined;
  readonly told: string | undefined;
  readonly basis: string | undefined;
  readonly duties: readonly BoundDuty[];
  readonly limit: BoundLimit | undefined;
  /** Minutes of the day, ends included. */
  readonly quiet: readonly [from: number, to: number] | undefined;
}

const effects = ["allow", "deny", "limit", "quiet"] as const;

/** @param prefix What stands before the name in the path. */
export function ruleOf(entry: RuleEntry, prefix: string): Rule {
  const parts = typeof entry === "string" ? ([entry, 0] as const) : entry;
  const [name, code, because, told, basis, duties, numbers] = parts;
  const path = prefix + name;
  const effect = effects[code];
  const [first = 0, second = 0, third = 0] = numbers ?? [];
  return {
    path,
    effect,
    because: because === 0 ? undefined : because,
    told: told === 0 ? undefined : told,
    basis: basis === 0 ? undefined : basis,
    duties: (duties || []).map(([duty, args]) => freeze({ name: duty, arguments: freeze(args) })),
    limit:
      effect === "limit"
        ? freeze({ rule: path, count: first, per: second, by: third ? "subject+channel" : "subject" })
        : undefined,
    quiet: effect === "quiet" ? [first, second] : undefined,
  };
}

/** As far down as there is something to change: decisions share these. */
export function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
