import { defineDiagnostic } from "@scruple/syntax";

export const unknownRule = defineDiagnostic<[path: string, near: string | null]>({
  code: "SCR2013",
  name: "unknown-rule",
  severity: "error",
  summary: "A test expects a rule that does not exist.",
  docs: `Decisions name rules by their paths: \`interaction.rule\`, the bare name outside interactions, \`#\` and a number for a rule
without a name, \`channel.quiet\`, \`source.keep\` and \`source.consent\`, and a policy and a slash before what another policy
denies. Allows and interactions of used policies take no part.

\`\`\`scruple bad
recipient customer
channel email reaches customer
purpose service
category contact
source people provided { address : contact }
interaction letter {
  purposes service
  channels email
}
private: deny disclose contact
test "it stays with us" {
  in letter for service on email
  expect deny disclose people.address because privat
}
\`\`\`

\`\`\`scruple good
recipient customer
channel email reaches customer
purpose service
category contact
source people provided { address : contact }
interaction letter {
  purposes service
  channels email
}
private: deny disclose contact
test "it stays with us" {
  in letter for service on email
  expect deny disclose people.address because private
}
\`\`\`

Write the path as \`scruple explain\` shows it.`,
  message: (path, near) =>
    `No rule of this policy has the path \`${path}\`. ${near === null ? "A path is `interaction.rule`, or the name of a rule outside interactions." : `Did you mean \`${near}\`?`}`,
});
