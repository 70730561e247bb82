import type { Id, Model, Rule } from "@scruple/model";
import type { Dice } from "@scruple/testkit";

type Step = (model: Model, dice: Dice) => Model;

const ruleAt = (model: Model, dice: Dice) => dice.int(0, model.rules.length - 1);
function changed(model: Model, index: number, change: (rule: Rule) => Rule): Model {
  return { ...model, rules: model.rules.map((rule, i) => (i === index ? change(rule) : rule)) };
}
const ids = (list: readonly { readonly id: Id }[]) => list.map(({ id }) => id);

/** What somebody may do to a policy between two revisions. */
const steps: readonly Step[] = [
  (model, dice) => ({ ...model, rules: model.rules.filter((_, i) => i !== ruleAt(model, dice)) }),
  (model, dice) => changed(model, ruleAt(model, dice), (rule) => ({ ...rule, when: null, unless: null })),
  (model, dice) => changed(model, ruleAt(model, dice), (rule) => ({ ...rule, exceptions: [] })),
  (model, dice) => changed(model, ruleAt(model, dice), (rule) => ({ ...rule, duties: [], limit: null })),
  (model, dice) =>
    changed(model, ruleAt(model, dice), (rule) => ({ ...rule, basis: null, purposes: dice.some(ids(model.purposes)) })),
  (model, dice) =>
    changed(model, ruleAt(model, dice), (rule) => ({ ...rule, data: [{ kind: "any" }], with: null, level: null })),
  (model, dice) =>
    changed(model, ruleAt(model, dice), (rule) => ({
      ...rule,
      channels: null,
      recipients: dice.some(ids(model.recipients)),
    })),
  (model, dice) => {
    const other = model.rules[ruleAt(model, dice)]!;
    return changed(model, ruleAt(model, dice), (rule) => ({
      ...rule,
      when: other.when,
      unless: other.unless,
      until: other.until,
    }));
  },
  (model, dice) => ({
    ...model,
    interactions: model.interactions.map((one, i) =>
      i === 0
        ? { ...one, purposes: dice.some(ids(model.purposes)), startedBy: dice.pick([null, "company", "customer"]) }
        : one,
    ),
  }),
  (model) => ({ ...model, channels: model.channels.map((one) => ({ ...one, quiet: null })) }),
  (model, dice) => ({
    ...model,
    sources: model.sources.map((one) => ({
      ...one,
      keep: { atMost: dice.pick([86_400, 864_000]), deletedByStore: false, exceptFor: [] },
    })),
  }),
  (model, dice) => ({
    ...model,
    categories: model.categories.map((one, i) => (i === 0 ? { ...one, special: !one.special } : one)),
    conditions: model.conditions.map((one) =>
      dice.chance(0.5) ? { ...one, expr: { op: "not", operand: one.expr } } : one,
    ),
  }),
];

/** A model with one to three changes. */
export function mutateModel(model: Model, dice: Dice): Model {
  let result = model;
  for (let i = dice.int(1, 3); i > 0; i--) if (result.rules.length > 0) result = dice.pick(steps)(result, dice);
  return result;
}
