import { none, type Rule } from "./outcome.ts";
import type { RuleEntry, Tables, Text } from "./tables.ts";

/** What the tables say of all rules, by their numbers, and what stands before the name in the path. */
export function entriesIn({ rules, interactions }: Tables): readonly (readonly [entry: RuleEntry, prefix: string])[] {
  const behind = (prefix: string, entries: readonly RuleEntry[]) => entries.map((entry) => [entry, prefix] as const);
  return [...behind("", rules), ...interactions.flatMap(([name, , , , , ...own]) => behind(`${name}.`, own))];
}

/** @param prefix What stands before the name in the path. */
export function ruleOf(entry: RuleEntry, prefix: string, { texts, duties }: Pick<Tables, "texts" | "duties">): Rule {
  const parts = typeof entry === "string" ? ([entry, 0] as const) : entry;
  const [name, effect, because, told, basis, dutyList = 0, numbers = []] = parts;
  const rule = prefix + name;
  const [count = 0, per = 0, each] = numbers;
  const list = (text: Text = 0) =>
    text === 0 ? none : [typeof text === "string" ? text : (texts[text - 1] as string)];
  return freeze({
    effect,
    rules: [rule],
    because: list(because),
    told: list(told),
    basis: list(basis),
    duties: (duties[dutyList - 1] ?? []).map(([name, args]) => ({ name, arguments: args })),
    limits: effect === 2 ? [{ rule, count, per, by: each ? "subject+channel" : "subject" }] : none,
    quiet: effect === 3 ? [count, per] : undefined,
  });
}

/** As far down as there is something to change: decisions share these. */
function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
