import { defineDiagnostic } from "@scruple/syntax";

export const outboundWithoutLimit = defineDiagnostic<[interaction: string, example: string]>({
  code: "SCR5008",
  name: "outbound-without-limit",
  severity: "warning",
  summary: "The company starts an interaction and may repeat it without limit.",
  docs: `One good offer is pleasant, the tenth in a week is not. Where the company starts, a policy says how often.

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
interaction letter started by company {
  purposes service_provision
  channels email

  look: allow disclose contact
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
interaction letter started by company {
  purposes service_provision
  channels email

  look: allow disclose contact
    under contract
    told "We use it for what you ordered."

  rarely: deny use any
    after 2 per week
    because "Twice a week is enough."
}
\`\`\`

Add a denial with \`after\`, such as \`deny use any after 2 per week\`.`,
  message: (interaction, example) =>
    `The company may start \`${interaction}\` again and again: no limit binds, for example, on ${example}. Add a denial such as \`deny use any after 2 per week\`.`,
});
