import { defineDiagnostic } from "@scruple/syntax";

export const unboundedRetention = defineDiagnostic<[source: string]>({
  code: "SCR5015",
  name: "unbounded-retention",
  severity: "warning",
  summary: "Nothing says how long data is kept that rules use.",
  docs: `What is kept for ever leaks some day, and is used for something else before that.

\`\`\`scruple bad
use std.purposes
use std.recipients
use std.channels
category contact
source people provided
  collected for service_provision
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

Add \`keep at most\`, with \`deleted by store\` where the store deletes in time.`,
  message: (source) => `Nothing says how long \`${source}\` is kept. Add \`keep at most\` with a duration.`,
});
