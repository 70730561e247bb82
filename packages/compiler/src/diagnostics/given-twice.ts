import { defineDiagnostic } from "@scruple/syntax";

export const givenTwice = defineDiagnostic<[fact: string]>({
  code: "SCR3024",
  name: "given-twice",
  severity: "error",
  summary: "A test gives one fact twice.",
  docs: `A request carries each fact once, so one of the two values would be ignored.

\`\`\`scruple bad
recipient customer
channel email reaches customer
purpose service
category contact
source orders provided { address : contact }
interaction letter {
  purposes service
  channels email
}
test "at night" {
  in letter for service on email
  given local_time = 23:00, local_time = 09:00
  expect deny use orders.address
}
\`\`\`

\`\`\`scruple good
recipient customer
channel email reaches customer
purpose service
category contact
source orders provided { address : contact }
interaction letter {
  purposes service
  channels email
}
test "at night" {
  in letter for service on email
  given local_time = 23:00
  expect deny use orders.address
}
\`\`\`

Keep one of them, or write a second test.`,
  message: (fact) => `\`${fact}\` is given twice. Keep one of the two, or write a second test.`,
});
