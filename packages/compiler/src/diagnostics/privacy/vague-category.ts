import { defineDiagnostic } from "@scruple/syntax";

export const vagueCategory = defineDiagnostic<[field: string, category: string, kind: string, denial: string]>({
  code: "SCR5014",
  name: "vague-category",
  severity: "warning",
  summary: "A field's category is so broad that a denial of something within it misses the field.",
  docs: `A denial of health data does not reach a field that is called \`notes : communication\`, though health may well be in it.

\`\`\`scruple bad
use std.purposes
use std.recipients
use std.channels
category contact
category diagnosis within contact special
source people provided
  collected for service_provision
  keep at most 1 year deleted by store
{
  note : contact
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
category letter within contact
category diagnosis within contact special
source people provided
  collected for service_provision
  keep at most 1 year deleted by store
{
  note : letter
}
interaction letter started by customer {
  purposes service_provision
  channels email

  look: allow disclose letter
    under contract
    told "We use it for what you ordered."
}
\`\`\`

Give the field the narrower category that it has.`,
  message: (field, category, kind, denial) =>
    `\`${field}\` bears \`${category}\`, and \`${kind}\` is within that: ${denial === "" ? "rules on special data do" : `\`${denial}\` does`} not reach the field. Say which kind it is.`,
});
