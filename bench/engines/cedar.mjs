import * as cedar from "@cedar-policy/cedar-wasm/nodejs";
import { contextReader, fieldsOf } from "./context.mjs";
import { conditionOf, selectionOf } from "./expression.mjs";

/**
 * Cedar: the policy set is parsed once and kept (`preparsePolicySet`), requests are asked by `statefulIsAuthorized`.
 * Act and interaction together are the action, so that most policies fail in their scope; a field's groups are the
 * parents of the resource, and that one entity is all that is sent. Permits without a matching forbid allow, as here.
 */
let sets = 0;

export function createCedar({ flat }) {
  const interactions = new Map(flat.interactions.map((interaction) => [interaction.name, interaction]));
  const parents = new Map(flat.fields.map((field) => [field, []]));
  const groups = new Set();
  /** What a rule names is one group: a scope takes a single entity. */
  const group = ({ refs, fields }) => {
    const key = refs.map((ref) => ref.key).join(" ");
    if (!groups.has(key)) for (const field of fields) parents.get(field).push({ type: "Group", id: key });
    groups.add(key);
    return `Group::${JSON.stringify(key)}`;
  };
  const policies = {};
  for (const rule of flat.rules) {
    const action = rule.operations.map((operation) => `Action::${JSON.stringify(`${rule.interaction}/${operation}`)}`);
    const scope = [
      "principal",
      rule.interaction === null ? "action" : `action in [${action.join(", ")}]`,
      rule.fields === null ? "resource" : `resource in ${group(rule)}`,
    ];
    const parts = [
      ...(rule.interaction === null ? [{ attribute: "operation", op: "in", value: rule.operations }] : []),
      ...selectionOf(rule, interactions),
      ...conditionOf(rule),
    ];
    const when = parts.length === 0 ? "" : `\nwhen { ${parts.map(source).join(" && ")} }`;
    policies[rule.path] = `${rule.effect === "allow" ? "permit" : "forbid"}(${scope.join(", ")})${when};`;
  }
  const preparsedPolicySetId = `bench-${sets++}`;
  expectSuccess(
    cedar.preparsePolicySet(preparsedPolicySetId, { staticPolicies: policies, templates: {}, templateLinks: [] }),
  );
  const resources = new Map(
    flat.fields.map((field) => [field, { uid: { type: "Field", id: field }, attrs: {}, parents: parents.get(field) }]),
  );

  const contextOf = contextReader(flat);
  const decide = (request) => {
    const context = contextOf(request);
    for (const field of fieldsOf(request)) {
      const resource = resources.get(field);
      const answer = cedar.statefulIsAuthorized({
        principal: { type: "Person", id: request.subject?.id ?? "" },
        action: { type: "Action", id: `${request.interaction}/${request.operation}` },
        resource: resource.uid,
        context,
        preparsedPolicySetId,
        validateRequest: false,
        entities: [resource],
      });
      expectSuccess(answer);
      if (answer.response.diagnostics.errors.length > 0)
        throw new Error(JSON.stringify(answer.response.diagnostics.errors[0]));
      if (answer.response.decision !== "allow") return "deny";
    }
    return "allow";
  };
  return { decide };
}

function expectSuccess(answer) {
  if (answer.type !== "success") throw new Error(`Cedar refuses: ${JSON.stringify(answer.errors.slice(0, 2))}`);
}

/** The condition in Cedar; an attribute that may be absent is asked for first. */
function source(expression) {
  if (expression.all !== undefined) return `(${expression.all.map(source).join(" && ")})`;
  if (expression.any !== undefined) return `(${expression.any.map(source).join(" || ")})`;
  if (expression.not !== undefined) return `!(${source(expression.not)})`;
  const { attribute, op, value } = expression;
  const name = `context.${attribute}`;
  const test =
    op === "in"
      ? `${JSON.stringify(value)}.contains(${name})`
      : `${name} ${op === "=" ? "==" : op} ${JSON.stringify(value)}`;
  return always.has(attribute) ? test : `(context has ${attribute} && ${test})`;
}
const always = new Set(["interaction", "startedBy", "operation", "purpose", "route"]);
