import { defineDiagnostic } from "@scruple/syntax";

export const experimentWithoutConsent = defineDiagnostic<[example: string]>({
  code: "SCR5013",
  name: "experiment-without-consent",
  severity: "warning",
  summary: "An experiment may use data without explicit consent.",
  docs: `A social network changed what 700,000 people saw in order to watch their moods. Nobody had asked them.

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
  purposes experiment
  channels email

  look: allow disclose contact
    under legitimate_interest
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
  purposes experiment
  channels email

  look: allow disclose contact
    under explicit consent
    told "We use it for what you ordered."
}
\`\`\`

Allow it \`under explicit consent\`.`,
  message: (example) => `People may be tried out on who have not agreed explicitly: for example ${example}.`,
});
