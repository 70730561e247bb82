import { defineDiagnostic } from "@scruple/syntax";

export const pairNeeded = defineDiagnostic<[operation: string]>({
  code: "SCR3023",
  name: "pair-needed",
  severity: "error",
  summary: "An expectation has `with` without `combine`, or the reverse.",
  docs: `To combine is to join two pieces of data, so a request names both. No other operation has a second one.

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
test "apart" {
  in letter for service on email
  expect deny combine people.address
}
\`\`\`

\`\`\`scruple good
recipient customer
channel email reaches customer
purpose service
category contact
source people provided {
  address : contact
  phone : contact
}
interaction letter {
  purposes service
  channels email
}
test "apart" {
  in letter for service on email
  expect deny combine people.address with people.phone
}
\`\`\`

After \`combine\`, name the second field after \`with\`; elsewhere leave \`with\` out.`,
  message: (operation) =>
    operation === "combine"
      ? "To combine takes two: name the field that this one is joined with, after `with`."
      : `\`with\` belongs to \`combine\` alone, and this is \`${operation}\`. Leave it out.`,
});
