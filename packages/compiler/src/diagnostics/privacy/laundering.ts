import { defineDiagnostic } from "@scruple/syntax";

export const laundering = defineDiagnostic<[derived: string, input: string, example: string]>({
  code: "SCR5003",
  name: "laundering",
  severity: "warning",
  summary: "Derived data is allowed where something that it is derived from is not.",
  docs: `A score made of messages follows from the messages. If they must not shape an advert, a score of them must not either.

\`\`\`scruple bad
use std.purposes
use std.recipients
use std.channels
category contact
source people provided
  collected for service_provision
  keep at most 1 year deleted by store
{
  message : contact
}
source mood derived from people.message
  collected for service_provision
  keep at most 1 year deleted by store
{
  score : contact
}
interaction letter started by customer {
  purposes service_provision
  channels email

  look: allow use mood
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
  message : contact
}
source mood derived from people.message
  collected for service_provision
  keep at most 1 year deleted by store
{
  score : contact
}
interaction letter started by customer {
  purposes service_provision
  channels email

  look: allow use mood, people
    under legitimate_interest
    told "We use it for what you ordered."
}
\`\`\`

Forbid what is derived too, allow what it is derived from, or accept it with the reason why nothing of the one is left in the other. To infer something is compared with using what it is made of.`,
  message: (derived, input, example) =>
    `\`${derived}\` is allowed where \`${input}\`, which it is derived from, is not: for example ${example}.`,
});
