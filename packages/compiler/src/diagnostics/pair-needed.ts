import { defineDiagnostic } from "@scruple/syntax";

export const pairNeeded = defineDiagnostic<[]>({
  code: "SCR3023",
  name: "pair-needed",
  severity: "error",
  summary: "An expectation combines one piece of data with nothing.",
  docs: `To combine is to join two pieces of data, so a request names both.

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

Name the second field after \`with\`.`,
  message: () => "To combine takes two: name the field that this one is joined with, after `with`.",
});
