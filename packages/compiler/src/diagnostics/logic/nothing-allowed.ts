import { defineDiagnostic } from "@scruple/syntax";

export const nothingAllowed = defineDiagnostic<[kind: string, interaction: string, bound: string]>({
  code: "SCR4009",
  name: "nothing-allowed",
  severity: "warning",
  summary: "Nothing can ever be allowed in an interaction, or for one of its purposes, or on one of its channels.",
  docs: `An interaction says by its bounds what it is for. A purpose or a channel under which nothing is ever allowed is a promise to developers that the policy does not keep.

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
channel post reaches customer
interaction letter started by customer {
  purposes service
  channels email, post

  mail: allow use contact
    on email
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

Allow something, or take it out of the bounds. Whatever is outside them is denied anyway.`,
  message: (kind, interaction, bound) =>
    kind === "interaction"
      ? `Nothing can ever be allowed in \`${interaction}\`.`
      : `Nothing can ever be allowed ${kind === "purpose" ? "for" : "on"} \`${bound}\` in \`${interaction}\`.`,
});
