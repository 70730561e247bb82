import { newEnforcer, newModelFromString } from "casbin";
import { contextReader, fieldsOf } from "./context.mjs";
import { conditionOf, selectionOf } from "./expression.mjs";

/**
 * casbin: an enforcer is built once and asked by its synchronous API. The static columns are compared first, the lists
 * among them by a registered function over sets; the condition is a sub-rule, as its guide to ABAC shows. Denials stand
 * first: a denial that applies ends the search.
 */
const model = `
[request_definition]
r = interaction, operation, field, purpose, route, ctx

[policy_definition]
p = interaction, operations, fields, purposes, routes, condition, eft

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = (p.interaction == "*" || p.interaction == r.interaction) && among(p.operations, r.operation) && \
among(p.fields, r.field) && among(p.purposes, r.purpose) && among(p.routes, r.route) && eval(p.condition)
`;

export async function createCasbin({ flat }) {
  const interactions = new Map(flat.interactions.map((interaction) => [interaction.name, interaction]));
  const sets = new Map();
  /** The name of a list, which stands in the policy for it. */
  const named = (list) => {
    const key = list === null ? "*" : list.join(" ");
    if (!sets.has(key)) sets.set(key, list === null ? { has: () => true } : new Set(list));
    return key;
  };
  const row = (rule) => {
    const chosen = Object.fromEntries(
      selectionOf(rule, interactions).map(({ attribute, value }) => [attribute, value]),
    );
    return [
      rule.interaction ?? "*",
      named(rule.operations),
      named(rule.fields),
      named(chosen.purpose ?? null),
      named(chosen.route ?? null),
      conditionOf(rule).map(source).join(" && ") || "true",
      rule.effect,
    ];
  };
  const enforcer = await newEnforcer(newModelFromString(model));
  await enforcer.addFunction("among", (list, name) => sets.get(list).has(name));
  const denials = flat.rules.filter(({ effect }) => effect === "deny");
  const allows = flat.rules.filter(({ effect }) => effect === "allow");
  // Straight into the model: no row is there twice, and `addPolicies` would look for each among all others.
  for (const rule of [...denials, ...allows]) enforcer.getModel().addPolicy("p", "p", row(rule));

  const contextOf = contextReader(flat);
  const decide = (request) => {
    const context = contextOf(request);
    const { interaction, operation, purpose, route } = context;
    for (const field of fieldsOf(request)) {
      if (!enforcer.enforceSync(interaction, operation, field, purpose, route, context)) return "deny";
    }
    return "allow";
  };
  return { decide };
}

/** The condition in casbin's expression language; what compares with `undefined` is false. */
function source(expression) {
  if (expression.all !== undefined) return `(${expression.all.map(source).join(" && ")})`;
  if (expression.any !== undefined) return `(${expression.any.map(source).join(" || ")})`;
  if (expression.not !== undefined) return `!(${source(expression.not)})`;
  const { attribute, op, value } = expression;
  const name = `r.ctx.${attribute}`;
  if (op === "in")
    return `(${value.map((element) => `${name} == ${JSON.stringify(element)}`).join(" || ") || "false"})`;
  return `${name} ${op === "=" ? "==" : op} ${JSON.stringify(value)}`;
}
