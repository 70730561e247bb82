import type { Category, DutyCall, Model, Rule, Type } from "@scruple/model";
import type { Dice } from "@scruple/testkit";

type Step = (model: Model, dice: Dice) => Model;

/** What somebody may do between two revisions to the names that a policy is written in, and to what binds. */
const steps: readonly Step[] = [
  (model, dice) =>
    onScale(model, dice, (levels) => levels.toSpliced(dice.int(0, levels.length), 0, dice.pick(["block", "region"]))),
  (model, dice) => onScale(model, dice, (levels) => levels.toSpliced(dice.int(0, levels.length - 1), 1)),
  (model, dice) => onScale(model, dice, (levels) => levels.with(dice.int(0, levels.length - 1), "quarter")),
  (model, dice) => onScale(model, dice, (levels) => dice.shuffle(levels)),
  // Data that has another scale, or none.
  (model, dice) => ({
    ...model,
    categories: [...model.categories, { ...model.categories[0]!, ...otherScale }],
    sources: model.sources.map((source) => ({
      ...source,
      fields: source.fields.map((field) =>
        dice.chance(0.4) ? { ...field, categories: [dice.chance(0.7) ? otherScale.id : plain(model)] } : field,
      ),
    })),
  }),
  (model, dice) => ({ ...model, rules: model.rules.map((rule) => (dice.chance(0.4) ? leveled(rule, dice) : rule)) }),
  (model, dice) => {
    const duties = model.rules.flatMap((rule) => rule.duties);
    return { ...model, rules: model.rules.map((rule) => (dice.chance(0.5) ? bound(rule, duties, dice) : rule)) };
  },
  (model, dice) => ({
    ...model,
    purposes: [...model.purposes, { ...model.purposes[0]!, id: "random.shop.fresh", within: [model.purposes[0]!.id] }],
    channels: model.channels.map((one) =>
      dice.chance(0.3) ? { ...one, reaches: [dice.pick(model.recipients).id] } : one,
    ),
  }),
  (model, dice) => ({
    ...model,
    subject: model.subject.map((one) => ({ ...one, type: retyped(one.type, dice) })),
    facts: model.facts.map((one) => ({ ...one, type: retyped(one.type, dice) })),
  }),
];

const otherScale = { id: "random.shop.nets", within: [], precision: ["district", "net", "city"] } satisfies Pick<
  Category,
  "id" | "within" | "precision"
>;

/** Two models of one policy that differ in their vocabulary, limits and duties, either of which may be the older. */
export function withOtherVocabulary(model: Model, dice: Dice): readonly [Model, Model] {
  const several = (times: number) => {
    let result = model;
    for (let i = times; i > 0; i--) result = dice.pick(steps)(result, dice);
    return unique(result);
  };
  return [several(dice.int(0, 2)), several(dice.int(1, 3))];
}

function onScale(model: Model, dice: Dice, change: (levels: readonly string[]) => readonly string[]): Model {
  const scaled = model.categories.filter(({ precision }) => precision.length > 1);
  if (scaled.length === 0) return model;
  const chosen = dice.pick(scaled);
  const precision = [...new Set(change(chosen.precision))];
  return { ...model, categories: model.categories.map((one) => (one === chosen ? { ...one, precision } : one)) };
}

function plain({ categories }: Model): string {
  return categories.find(({ precision, within }) => precision.length === 0 && within.length === 0)!.id;
}

const levels = [null, "exact", "district", "city", "block", "quarter", "net"] as const;

function leveled(rule: Rule, dice: Dice): Rule {
  return { ...rule, level: dice.pick(levels) };
}

function bound(rule: Rule, duties: readonly DutyCall[], dice: Dice): Rule {
  if (rule.effect === "allow") return { ...rule, duties: dice.some(duties, 0, 2) };
  const by = dice.pick(["subject", "subject+channel"] as const);
  return {
    ...rule,
    limit: dice.chance(0.2) ? null : { count: dice.int(1, 3), per: dice.pick([3_600, 86_400]), by },
  };
}

function retyped(type: Type, dice: Dice): Type {
  if (type.kind === "int") return { ...type, max: dice.pick([60, 18, 10_000]) };
  if (type.kind === "oneOf" || type.kind === "set") return { ...type, values: dice.some(type.values, 1, 3).toSorted() };
  return type;
}

/** What was added twice stands once. */
function unique(model: Model): Model {
  const once = <T extends { readonly id: string }>(list: readonly T[]) => [
    ...new Map(list.map((one) => [one.id, one])).values(),
  ];
  return { ...model, categories: once(model.categories), purposes: once(model.purposes) };
}
