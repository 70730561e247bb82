import { defineDiagnostic } from "@scruple/syntax";

export const conditionAlwaysTrue = defineDiagnostic<[what: string, clause: string]>({
  code: "SCR4006",
  name: "condition-always-true",
  severity: "warning",
  summary: "A condition is always true once its facts are known.",
  docs: `The condition asks for facts and learns nothing from them. As long as a fact is unknown it still stops an allow, so it costs without protecting.

\`\`\`scruple bad
recipient customer
channel email reaches customer
purpose service
category contact
source people provided
  collected for service
  keep at most 1 year deleted by store
{
  address : contact
}
subject {
  age : int 0..130
}
interaction letter started by customer {
  purposes service
  channels email

  post: allow use contact
    under contract
    when subject.age >= 0
    told "We write to you about what you ordered."
}
\`\`\`

\`\`\`scruple good
recipient customer
channel email reaches customer
purpose service
category contact
source people provided
  collected for service
  keep at most 1 year deleted by store
{
  address : contact
}
subject {
  age : int 0..130
}
interaction letter started by customer {
  purposes service
  channels email

  post: allow use contact
    under contract
    when subject.age >= 18
    told "We write to you about what you ordered."
}
\`\`\`

Correct the constant, or remove the condition. Without it, an allow would apply where a fact is unknown as well, so no fix removes it; a denial denies the same.

A line of a promise whose \`unless\` is always true promises nothing of requests whose facts are known.`,
  message: (what, clause) =>
    `${clause === "condition" ? `\`${what}\`` : `\`${clause}\` of \`${what}\``} is always true once its facts are known${clause === "unless" ? ", so what it belongs to never applies" : ", so it sorts nothing out"}.`,
});
