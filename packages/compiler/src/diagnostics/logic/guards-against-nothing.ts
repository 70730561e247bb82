import { defineDiagnostic } from "@scruple/syntax";

export const guardsAgainstNothing = defineDiagnostic<[path: string, operations: string, ...data: string[]]>({
  code: "SCR4012",
  name: "guards-against-nothing",
  severity: "hint",
  summary: "A denial stops nothing today.",
  docs: `Without it nothing would be decided otherwise, because nothing allows what it denies; or it is a limit for the whole policy, and no interaction has what it limits. That is no mistake: it is a guardrail, and stops what somebody may allow one day.

Nothing is said of a denial because another stops the same: without both, it would flow.

\`\`\`scruple bad
recipient customer
channel email reaches customer
purpose service
category contact
source people provided
  collected for service
  keep at most 1 year deleted by store
{
  address : contact
}
interaction letter started by customer {
  purposes service
  channels email

  post: allow use contact
    under contract
    told "We write to you about what you ordered."

  still: deny disclose contact
    because "We show it to nobody."
}
\`\`\`

\`\`\`scruple good
recipient customer
channel email reaches customer
purpose service
category contact
source people provided
  collected for service
  keep at most 1 year deleted by store
{
  address : contact
}
subject {
  member : bool
}
interaction letter started by customer {
  purposes service
  channels email

  post: allow disclose contact
    under contract
    told "We write to you about what you ordered."

  still: deny disclose contact
    unless subject.member
    because "We show it to nobody."
}
\`\`\`

Nothing has to be done. Write a test for it, so that it is known to hold.`,
  message: (path, operations, ...data) =>
    `\`${path}\` guards against nothing yet: no allow lets through what it would stop (${operations} ${data.map((one) => `\`${one}\``).join(", ")}).`,
});
