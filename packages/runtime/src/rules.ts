import type { BoundDuty, BoundLimit } from "./decision.ts";
import type { RuleEntry, Tables, Text } from "./tables.ts";

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
export function ruleOf(entry: RuleEntry, prefix: string, { texts, duties }: Pick<Tables, "texts" | "duties">): Rule {
  const parts = typeof entry === "string" ? ([entry, 0] as const) : entry;
  const [name, code, because, told, basis, dutyList = 0, numbers = []] = parts;
  const path = prefix + name;
  const effect = effects[code];
  const [first = 0, second = 0, third = 0] = numbers;
  const textOf = (text: Text = 0) => (typeof text === "string" ? text : texts[text - 1]);
  return {
    path,
    effect,
    because: textOf(because),
    told: textOf(told),
    basis: textOf(basis),
    duties: (duties[dutyList - 1] ?? []).map(([duty, args]) => freeze({ name: duty, arguments: freeze(args) })),
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
