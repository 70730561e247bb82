import { defineDiagnostic } from "@scruple/syntax";

export const conflictingBases = defineDiagnostic<[basis: string, other: string, otherBasis: string, example: string]>({
  code: "SCR4005",
  name: "conflicting-bases",
  severity: "warning",
  summary: "Two allows let one act happen on different legal bases.",
  docs: `A controller has to know on which basis it acts, and to tell. If an act has two, nobody knows which one was told, or what happens when one falls away, such as a consent that is withdrawn.

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
interaction letter started by customer {
  purposes service
  channels email

  post: allow use contact
    under contract
    told "We write to you about what you ordered."

  again: allow use people.address
    under consent
    told "We write to you if you agree."
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

Choose one basis, or let the selectors or conditions of the two shut each other out.`,
  message: (basis, other, otherBasis, example) =>
    `This is allowed under ${basis} here and under ${otherBasis} by \`${other}\`: for example ${example}. Choose one basis for one act.`,
});
