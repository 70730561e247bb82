import { defineDiagnostic } from "@scruple/syntax";

export const channelDoesNotReach = defineDiagnostic<[channel: string, recipient: string]>({
  code: "SCR3020",
  name: "channel-does-not-reach",
  severity: "error",
  summary: "A test names a recipient whom the channel does not reach.",
  docs: `A request that names such a recipient is an error and denied, whatever the rules say. The test would tell nothing about them.

\`\`\`scruple bad
recipient customer
recipient public
channel email reaches customer
purpose service
category contact
source orders provided { address : contact }
interaction letter {
  purposes service
  channels email
}
test "nobody else" {
  in letter for service on email to public
  expect deny use orders.address
}
\`\`\`

\`\`\`scruple good
recipient customer
recipient public
channel email reaches customer
purpose service
category contact
source orders provided { address : contact }
interaction letter {
  purposes service
  channels email
}
test "nobody else" {
  in letter for service on email to customer
  expect deny use orders.address
}
\`\`\`

Name somebody whom the channel reaches, or another channel.`,
  message: (channel, recipient) =>
    `\`${channel}\` does not reach \`${recipient}\`, so there is no such request. Name somebody whom it reaches, or another channel.`,
});
