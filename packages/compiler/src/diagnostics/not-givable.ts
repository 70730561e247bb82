import { defineDiagnostic } from "@scruple/syntax";

export const notGivable = defineDiagnostic<[name: string, kind: string]>({
  code: "SCR3025",
  name: "not-givable",
  severity: "error",
  summary: "A test gives something that no request carries.",
  docs: `Requests carry facts, attributes, consents and objections. Conditions follow from these, and \`outbound\` from who started the
interaction.

\`\`\`scruple bad
recipient customer
channel email reaches customer
purpose service
category contact
source orders provided { address : contact }
subject { age : int 0..130 }
condition adult = subject.age >= 18
interaction letter {
  purposes service
  channels email
}
test "grown up" {
  in letter for service on email
  given adult = true
  expect deny use orders.address
}
\`\`\`

\`\`\`scruple good
recipient customer
channel email reaches customer
purpose service
category contact
source orders provided { address : contact }
subject { age : int 0..130 }
condition adult = subject.age >= 18
interaction letter {
  purposes service
  channels email
}
test "grown up" {
  in letter for service on email
  given subject.age = 34
  expect deny use orders.address
}
\`\`\`

Give the facts that it follows from.`,
  message: (name, kind) =>
    kind === "outbound"
      ? "`outbound` follows from who started the interaction, so it cannot be given. Leave it out."
      : `\`${name}\` is a condition, which follows from facts. Give the facts that it is made of.`,
});
