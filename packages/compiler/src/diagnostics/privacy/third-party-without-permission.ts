import { defineDiagnostic } from "@scruple/syntax";

export const thirdPartyWithoutPermission = defineDiagnostic<[example: string]>({
  code: "SCR5010",
  name: "third-party-without-permission",
  severity: "warning",
  summary: "Data may be disclosed to a third party without explicit consent.",
  docs: `Customers know whom they deal with. What goes on to somebody who decides for themselves what to do with it needs the customer's own word.

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
  channels partner_api

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
interaction letter started by customer {
  purposes service_provision
  channels partner_api

  look: allow disclose contact
    under explicit consent
    told "We use it for what you ordered."
}
\`\`\`

Allow it \`under explicit consent\`, or accept it with the reason why the customer expects it.`,
  message: (example) => `A third party may learn this though nobody has agreed explicitly: for example ${example}.`,
});
