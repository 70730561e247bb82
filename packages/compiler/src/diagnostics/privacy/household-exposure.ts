import { defineDiagnostic } from "@scruple/syntax";

export const householdExposure = defineDiagnostic<[example: string]>({
  code: "SCR5006",
  name: "household-exposure",
  severity: "warning",
  summary: "Special data may be disclosed where others at home can see it.",
  docs: `A letter with coupons for baby clothes told a father that his daughter was expecting. A shared letter box, a television and a landline tell everybody at home.

\`\`\`scruple bad
use std.purposes
use std.recipients
use std.channels
category contact
category health special
source people provided
  collected for service_provision
  keep at most 1 year deleted by store
{
  illness : health
}
interaction letter started by customer {
  purposes service_provision
  channels post

  look: allow disclose health
    under explicit consent
    told "We use it for what you ordered."
}
\`\`\`

\`\`\`scruple good
use std.purposes
use std.recipients
use std.channels
category contact
category health special
source people provided
  collected for service_provision
  keep at most 1 year deleted by store
{
  illness : health
}
interaction letter started by customer {
  purposes service_provision
  channels registered_post

  look: allow disclose health
    under explicit consent
    told "We use it for what you ordered."
}
\`\`\`

Use a channel that reaches the customer alone, or \`to customer\`.`,
  message: (example) => `Special data may be seen by others at home here: for example ${example}.`,
});
