import { defineDiagnostic } from "@scruple/syntax";

export const oneOperation = defineDiagnostic<[]>({
  code: "SCR3022",
  name: "one-operation",
  severity: "error",
  summary: "A test expects something of all operations at once.",
  docs: `A request names one operation. \`process\` stands for all five, which only rules and promises can speak of.

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
test "it stays" {
  in letter for service on email
  expect deny process people.address
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
test "it stays" {
  in letter for service on email
  expect deny use people.address
  expect deny disclose people.address
}
\`\`\`

Write an expectation for each operation that matters.`,
  message: () =>
    "A request names one operation, and `process` stands for all five. Write an expectation for each that matters.",
});
