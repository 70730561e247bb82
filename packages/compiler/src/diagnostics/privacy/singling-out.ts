import { defineDiagnostic } from "@scruple/syntax";

export const singlingOut = defineDiagnostic<[least: string, example: string]>({
  code: "SCR5005",
  name: "singling-out",
  severity: "warning",
  summary: "One person, or too small a group, may be shown to the public.",
  docs: `A streaming service joked in public about the 53 people who had watched one film eighteen days in a row. Each of them knew who was meant.

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
  channels social_media

  joke: allow disclose contact
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
  purposes service_provision
  channels social_media

  joke: allow disclose contact
    under legitimate_interest
    when group_size >= 1000
    told "We use it for what you ordered."
}
\`\`\`

Add \`when group_size >= …\`. A project sets the number with \`leastGroupSize\`.`,
  message: (least, example) =>
    `Fewer than ${least} people may be shown to the public together: for example ${example}. Add \`when group_size >= ${least}\`.`,
});
