import { defineDiagnostic } from "@scruple/syntax";

export const foreignInteraction = defineDiagnostic<[interaction: string, policy: string]>({
  code: "SCR2014",
  name: "foreign-interaction",
  severity: "error",
  summary: "A test runs in an interaction of another policy.",
  docs: `A policy decides for its own interactions alone. Those of a used policy are decided by that policy, so their tests belong
there.

\`\`\`scruple bad
policy shop.tests
use shop.offers
test "an offer" {
  in letter for service on email
  expect deny use orders.address
}
//- offers.scruple
policy shop.offers
recipient customer
channel email reaches customer
purpose service
category contact
source orders provided { address : contact }
interaction letter {
  purposes service
  channels email
}
\`\`\`

\`\`\`scruple good
policy shop.offers
test "an offer" {
  in letter for service on email
  expect deny use orders.address
}
//- offers.scruple
policy shop.offers
recipient customer
channel email reaches customer
purpose service
category contact
source orders provided { address : contact }
interaction letter {
  purposes service
  channels email
}
\`\`\`

Move the test to a file of that policy: several files may belong to one.`,
  message: (interaction, policy) =>
    `\`${interaction}\` is an interaction of \`${policy}\`, so its tests belong to that policy. Move this one there.`,
});
