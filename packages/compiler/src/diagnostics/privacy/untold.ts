import { defineDiagnostic } from "@scruple/syntax";

export const untold = defineDiagnostic<[]>({
  code: "SCR5011",
  name: "untold",
  severity: "warning",
  summary: "Customers are not informed of something that is allowed.",
  docs: `What nobody tells customers they cannot object to. \`told\` is the sentence that stands in the privacy notice, and next to the rule it stays true.

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

  look: allow disclose contact
    under contract
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

Add \`told "…"\`, in words that a customer would understand.`,
  message: () => "Customers are not told of what this allows. Add `told` with a sentence for them.",
});
