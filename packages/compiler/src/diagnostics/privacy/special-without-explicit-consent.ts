import { defineDiagnostic } from "@scruple/syntax";

export const specialWithoutExplicitConsent = defineDiagnostic<[example: string]>({
  code: "SCR5001",
  name: "special-without-explicit-consent",
  severity: "warning",
  summary: "Special data is allowed where explicit consent is not needed.",
  docs: `A supermarket worked out from shopping baskets who expected a child, and sent coupons to homes where nobody had been told. Health, faith, sexuality and the like (GDPR Art. 9) need a person's explicit yes, with few exceptions.

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
  channels email

  look: allow use health
    under public_task
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
  channels email

  look: allow use health
    under explicit consent
    told "We use it for what you ordered."
}
\`\`\`

Put the allow \`under explicit consent\`, or accept it with the exception of the law that applies.`,
  message: (example) =>
    `Special data is allowed here though nobody has agreed explicitly: for example ${example}. Allow it \`under explicit consent\`.`,
});
