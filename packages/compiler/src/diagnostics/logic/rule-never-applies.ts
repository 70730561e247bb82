import { defineDiagnostic } from "@scruple/syntax";

export const ruleNeverApplies = defineDiagnostic<[path: string, effect: string]>({
  code: "SCR4002",
  name: "rule-never-applies",
  severity: "warning",
  summary: "A rule's condition can never hold.",
  docs: `The parts of the condition shut each other out, whatever the facts are. Usually one of them was meant otherwise.

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
    when subject.age < 18
    unless subject.age < 65
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

Look at which part is wrong. \`unless\` takes away, and so does each exception that selects.

A line of a promise whose conditions shut each other out is proved, and promises nothing.`,
  message: (path, effect) =>
    `\`${path}\` never applies: the parts of its condition can never hold together. ${so[effect]}`,
});

const so: Readonly<Record<string, string>> = {
  allow: "So it allows nothing.",
  deny: "So it stops nothing.",
  always: "So nothing is proved.",
  never: "So nothing is proved.",
};
