import { Engine } from "json-rules-engine";
import { contextReader, fieldsOf } from "./context.mjs";
import { conditionOf, selectionOf } from "./expression.mjs";

/**
 * json-rules-engine: an engine is built once and run for each field. Denials have the higher priority, and the first
 * that applies stops the run; within a rule the static conditions have the higher priority, so that most rules end at
 * their first one. Lists are looked up by a registered operator over sets.
 */
export function createJsonRulesEngine({ flat }) {
  const interactions = new Map(flat.interactions.map((interaction) => [interaction.name, interaction]));
  const engine = new Engine([], { allowUndefinedFacts: true });
  engine.addOperator("among", (value, set) => set.has(value));
  const statics = (rule) => [
    ...(rule.interaction === null ? [] : [{ attribute: "interaction", op: "=", value: rule.interaction }]),
    ...(rule.fields === null ? [] : [{ attribute: "field", op: "in", value: rule.fields }]),
    { attribute: "operation", op: "in", value: rule.operations },
    ...selectionOf(rule, interactions),
  ];
  for (const rule of flat.rules) {
    engine.addRule({
      priority: rule.effect === "deny" ? 2 : 1,
      conditions: {
        all: [
          ...statics(rule).map((part, index) => ({ ...json(part), priority: 100 - index })),
          ...conditionOf(rule).map((part) => ({ ...json(part), priority: 1 })),
        ],
      },
      event: { type: rule.effect },
    });
  }
  engine.on("deny", () => engine.stop());

  const contextOf = contextReader(flat);
  const decide = async (request) => {
    const context = contextOf(request);
    for (const field of fieldsOf(request)) {
      const { events } = await engine.run({ ...context, field });
      if (events.length === 0 || events.some(({ type }) => type === "deny")) return "deny";
    }
    return "allow";
  };
  return { decide };
}

const operators = {
  "=": "equal",
  "<": "lessThan",
  "<=": "lessThanInclusive",
  ">": "greaterThan",
  ">=": "greaterThanInclusive",
  in: "among",
};

function json(expression) {
  if (expression.all !== undefined) return { all: expression.all.map(json) };
  if (expression.any !== undefined) return { any: expression.any.map(json) };
  if (expression.not !== undefined) return { not: json(expression.not) };
  const { attribute, op, value } = expression;
  return { fact: attribute, operator: operators[op], value: op === "in" ? new Set(value) : value };
}
