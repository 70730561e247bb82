import { buildMongoQueryMatcher, createMongoAbility } from "@casl/ability";
import { $and, $nor, $or, and, nor, or } from "@ucast/mongo2js";
import { contextReader, fieldsOf } from "./context.mjs";
import { conditionOf, selectionOf } from "./expression.mjs";

/**
 * CASL: an ability is built once. The operation is the action and the field the subject's type, by which CASL indexes
 * its rules; everything else is in the conditions, which its own matcher compiles. Later rules win, so denials come
 * last.
 */
export function createCasl({ flat }) {
  const interactions = new Map(flat.interactions.map((interaction) => [interaction.name, interaction]));
  const raw = (rule) => ({
    action: rule.operations,
    subject: rule.fields ?? "all",
    inverted: rule.effect === "deny",
    conditions: query([
      ...(rule.interaction === null ? [] : [{ attribute: "interaction", op: "=", value: rule.interaction }]),
      ...selectionOf(rule, interactions),
      ...conditionOf(rule),
    ]),
  });
  const rules = flat.rules.filter(({ fields }) => fields === null || fields.length > 0);
  const ability = createMongoAbility(
    [...rules.filter(({ effect }) => effect === "allow"), ...rules.filter(({ effect }) => effect === "deny")].map(raw),
    {
      detectSubjectType: ({ field }) => field,
      conditionsMatcher: buildMongoQueryMatcher({ $and, $or, $nor }, { and, or, nor }),
    },
  );
  const contextOf = contextReader(flat);
  const decide = (request) => {
    const context = contextOf(request);
    for (const field of fieldsOf(request)) {
      context.field = field;
      if (!ability.can(request.operation, context)) return "deny";
    }
    return "allow";
  };
  return { decide };
}

const operators = { "=": "$eq", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte", in: "$in" };

/** No condition at all is left out, so that CASL need not look. */
function query(parts) {
  return parts.length === 0 ? undefined : parts.length === 1 ? mongo(parts[0]) : { $and: parts.map(mongo) };
}

function mongo(expression) {
  if (expression.all !== undefined) return { $and: expression.all.map(mongo) };
  if (expression.any !== undefined) return { $or: expression.any.map(mongo) };
  if (expression.not !== undefined) return { $nor: [mongo(expression.not)] };
  const { attribute, op, value } = expression;
  // What is absent counts as less than anything.
  return { [attribute]: { ...(op.startsWith("<") ? { $exists: true } : {}), [operators[op]]: value } };
}
