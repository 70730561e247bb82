import { defineDiagnostic } from "@scruple/syntax";

export const unneededAccept = defineDiagnostic<[lint: string, near: string | null, known: boolean]>({
  code: "SCR5017",
  name: "unneeded-accept",
  severity: "warning",
  summary: "A finding is accepted that is not there.",
  docs: `A reason that settles nothing misleads whoever reviews it, and would hide the next finding of that kind.

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

  @accept("untold", "The form says so.")
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

  @accept("untold", "The form says so.")
  look: allow disclose contact
    under contract
}
\`\`\`

Remove it.`,
  message: (lint, near, known) =>
    known
      ? `There is no finding \`${lint}\` here to accept. Remove the annotation.`
      : `There is no lint \`${lint}\`.${near === null ? "" : ` Did you mean \`${near}\`?`}`,
});
