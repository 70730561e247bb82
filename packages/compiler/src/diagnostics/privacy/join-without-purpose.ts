import { defineDiagnostic } from "@scruple/syntax";

export const joinWithoutPurpose = defineDiagnostic<[]>({
  code: "SCR5009",
  name: "join-without-purpose",
  severity: "warning",
  summary: "Sources may be combined for whatever purpose there is.",
  docs: `Data from the counter, the card and the app says more together than apart. An allow to join them has to say what for.

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
source visits provided
  collected for service_provision
  keep at most 1 year deleted by store
{
  page : contact
}
interaction letter started by customer {
  purposes service_provision
  channels email

  look: allow combine contact
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
source visits provided
  collected for service_provision
  keep at most 1 year deleted by store
{
  page : contact
}
interaction letter started by customer {
  purposes service_provision
  channels email

  look: allow combine contact
    for service_provision
    under contract
    told "We use it for what you ordered."
}
\`\`\`

Add \`for\` with the purposes for which the sources are joined.`,
  message: () =>
    "Sources may be combined here for every purpose that the interaction has. Say with `for` what they are joined for.",
});
