import { defineDiagnostic } from "@scruple/syntax";

export const secondaryUse = defineDiagnostic<[source: string, example: string]>({
  code: "SCR5002",
  name: "secondary-use",
  severity: "warning",
  summary: "Data is allowed for a purpose that its source was not collected for, without consent.",
  docs: `A telephone number that was given for two-factor sign-in was used to aim adverts. Whoever gives data for one thing expects it to be used for that.

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
  purposes direct_marketing
  channels email

  look: allow use contact
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
  purposes direct_marketing
  channels email

  look: allow use contact
    under consent
    told "We use it for what you ordered."
}
\`\`\`

Allow it \`under consent\`, or say in \`collected for\` what the data was really collected for.`,
  message: (source, example) =>
    `\`${source}\` was not collected for this, and no consent is asked for: for example ${example}.`,
});
