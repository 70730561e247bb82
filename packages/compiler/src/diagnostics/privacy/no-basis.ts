import { defineDiagnostic } from "@scruple/syntax";

export const noBasis = defineDiagnostic<[why: string, example?: string]>({
  code: "SCR5012",
  name: "no-basis",
  severity: "warning",
  summary: "An allow has no legal basis, or one that cannot carry it.",
  docs: `Whoever handles data about people needs a reason that the law knows (GDPR Art. 6), and for special data one that is strong enough (Art. 9): neither a contract nor a legitimate interest is.

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

Add \`under\` with the basis that applies.`,
  message: (why, example) =>
    why === "none"
      ? "This allow has no legal basis. Say with `under` on which one it rests."
      : `This basis cannot carry special data: for example ${example}. Choose \`explicit consent\`, or another that can.`,
});
