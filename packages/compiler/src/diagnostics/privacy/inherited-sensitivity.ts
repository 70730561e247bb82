import { defineDiagnostic } from "@scruple/syntax";

export const inheritedSensitivity = defineDiagnostic<[field: string, input: string]>({
  code: "SCR5004",
  name: "inherited-sensitivity",
  severity: "warning",
  summary: "Derived data is not marked as sensitive as what it is derived from.",
  docs: `A special meal tells of an illness or a faith, and so does whatever is worked out from meals. Marked as plain, it slips through rules that are about special data.

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
source score derived from people.illness
  collected for service_provision
  keep at most 1 year deleted by store
{
  value : contact
}
interaction letter started by customer {
  purposes service_provision
  channels email

  look: allow use score
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
source score derived from people.illness
  collected for service_provision
  keep at most 1 year deleted by store
{
  value : health
}
interaction letter started by customer {
  purposes service_provision
  channels email

  look: allow use health
    under explicit consent
    told "We use it for what you ordered."
}
\`\`\`

Give the field a special category too, or derive it from less.`,
  message: (field, input) =>
    `\`${field}\` is made of \`${input}\`, which is special, and is not marked as special itself. Give it a special category.`,
});
