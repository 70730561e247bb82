import { defineDiagnostic } from "@scruple/syntax";

export const channelReachesFurther = defineDiagnostic<[channel: string, recipient: string, parent: string]>({
  code: "SCR3017",
  name: "channel-reaches-further",
  severity: "error",
  summary: "A channel reaches somebody whom a channel that it is within does not reach.",
  docs: `A rule about a channel holds on every channel within it. If one of these reached more people, data that may be told to a
few would reach the others as well.

\`\`\`scruple bad
recipient customer
recipient household
channel screen reaches customer
channel tv within screen reaches customer, household
\`\`\`

\`\`\`scruple good
recipient customer
recipient household
channel screen reaches customer, household
channel phone within screen reaches customer
\`\`\`

Let the wider channel reach them too, or take this one out of it.`,
  message: (channel, recipient, parent) =>
    `\`${channel}\` reaches \`${recipient}\`, whom \`${parent}\` does not reach. What is within a channel must reach no one else.`,
});
