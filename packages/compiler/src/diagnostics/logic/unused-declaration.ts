import { defineDiagnostic } from "@scruple/syntax";

export const unusedDeclaration = defineDiagnostic<[name: string, kind: string]>({
  code: "SCR4010",
  name: "unused-declaration",
  severity: "warning",
  summary: "A declaration is used by nothing.",
  docs: `What nothing refers to is either forgotten or misspelt elsewhere, and readers look for what it does.

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
duty call_back
interaction letter started by customer {
  purposes service
  channels email

  post: allow use contact
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

Remove it, or use it. Only a policy with interactions is looked at: one that others use declares for them.`,
  message: (name, kind) => `Nothing uses ${kind} \`${name}\`.`,
});
