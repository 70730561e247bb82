import { defineDiagnostic } from "@scruple/syntax";

export const covertUse = defineDiagnostic<[example: string]>({
  code: "SCR5007",
  name: "covert-use",
  severity: "warning",
  summary: "Data may be used on a channel that reaches the customer though its disclosure there is denied.",
  docs: `A chat agent who sees which cars a visitor looked at, and is told not to mention it, treats people by something that nobody may explain to them.

\`\`\`scruple bad
use std.purposes
use std.recipients
use std.channels
category contact
source people provided
  collected for service_provision
  keep at most 1 year deleted by store
{
  address : contact
}
interaction letter started by customer {
  purposes service_provision
  channels email

  look: allow use contact
    under contract
    told "We use it for what you ordered."
}
\`\`\`

\`\`\`scruple good
use std.purposes
use std.recipients
use std.channels
category contact
source people provided
  collected for service_provision
  keep at most 1 year deleted by store
{
  address : contact
}
interaction letter started by customer {
  purposes service_provision
  channels email

  look: allow disclose contact
    under contract
    told "We use it for what you ordered."
}
\`\`\`

Allow \`disclose\` as well, which covers \`use\`, or do not use it there.`,
  message: (example) =>
    `The customer may be treated by something that could not be said to them: ${example} is allowed, and to disclose it there is not.`,
});
