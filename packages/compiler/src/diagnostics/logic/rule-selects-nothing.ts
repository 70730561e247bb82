import { defineDiagnostic } from "@scruple/syntax";

export const ruleSelectsNothing = defineDiagnostic<[path: string, effect: string]>({
  code: "SCR4001",
  name: "rule-selects-nothing",
  severity: "warning",
  summary: "A rule selects no request that there can be.",
  docs: `A rule that selects nothing looks like protection, or like permission, and is neither: its data, purposes, channels or recipients never come together within the bounds of an interaction.

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
purpose holidays
interaction letter started by customer {
  purposes service
  channels email

  post: allow use contact
    under contract
    told "We write to you about what you ordered."

  other: allow use contact
    for holidays
    under contract
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
interaction letter started by customer {
  purposes service
  channels email

  post: allow use contact
    under contract
    told "We write to you about what you ordered."
}
\`\`\`

Name what the interaction is for, widen its bounds, or remove the rule. An allow has to cover all that a request touches: \`any\` and a source's name do not cover special data.

An \`always allow\` that selects nothing is proved, and promises nothing. A \`never\` that does is a guard, also for data that is yet to come.`,
  message: (path, effect) =>
    `\`${path}\` selects nothing: within its bounds no request has the data, purpose, channel, recipient and precision that it names. ${so[effect]}`,
});

const so: Readonly<Record<string, string>> = {
  allow: "An allow has to cover all that a request touches.",
  deny: "So it stops nothing.",
  always: "So nothing is proved. An allow has to cover all that a request touches.",
};
