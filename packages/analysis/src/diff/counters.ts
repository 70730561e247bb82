import type { BoundLimit, Limit, Model } from "@scruple/model";

/** A limit, with the name that it counted under where that is not what it counts under now. What was spent is forgotten then. */
export interface CountedLimit extends BoundLimit {
  /** The policy and the path of the rule, as they were. */
  readonly counter?: string;
}

/**
 * A model in the names of another, in which limits keep the names that they count under: a renamed interaction or policy renames
 * those too, and what is counted under the new name begins at nothing.
 *
 * @param renamed `model` in other names, its rules in the same order
 */
export function withCounters(renamed: Model, model: Model, policy: string): Model {
  const rules = renamed.rules.map((rule, index) => {
    const counter = counterOf(model.policy, model.rules[index]!.path);
    if (rule.limit === null || counter === counterOf(policy, rule.path)) return rule;
    return { ...rule, limit: { ...rule.limit, counter } };
  });
  return rules.every((rule, index) => rule === renamed.rules[index]) ? renamed : { ...renamed, rules };
}

/** As guards count, whoever the subject is: the rules of a used policy bear its name already. */
function counterOf(policy: string, path: string): string {
  return path.includes("/") ? path : `${policy}/${path}`;
}

/** What a limit of a rule counts under: equal where what was spent of one is spent of the other. */
export function countedAs(path: string, limit: Limit & Pick<CountedLimit, "counter">): string {
  return limit.counter ?? path;
}
