import { defineDiagnostic } from "@scruple/syntax";

export const conditionAlwaysFalse = defineDiagnostic<[what: string, clause: string]>({
  code: "SCR4007",
  name: "condition-always-false",
  severity: "warning",
  summary: "A condition is always false once its facts are known.",
  docs: `No fact that an application can send makes it true.

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
    when subject.age < 18 and subject.age > 64
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
    when subject.age < 18 or subject.age > 64
    told "We write to you about what you ordered."
}
\`\`\`

Correct it: often an \`and\` was meant to be an \`or\`, or a bound is on the wrong side. Without such an \`unless\`, an allow would apply where a fact is unknown as well, so no fix removes it; a denial denies the same.

A line of a promise whose \`when\` is always false promises nothing of requests whose facts are known.`,
  message: (what, clause) =>
    `${clause === "condition" ? `\`${what}\`` : `\`${clause}\` of \`${what}\``} is always false once its facts are known${clause === "when" ? ", so what it belongs to never applies" : ", so it takes nothing away"}.`,
});
