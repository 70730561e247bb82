import { defineDiagnostic } from "@scruple/syntax";

export const fieldWithoutLevel = defineDiagnostic<[fields: readonly string[], level: string]>({
  code: "SCR3021",
  name: "field-without-level",
  severity: "error",
  summary: "A test asks for a level that the data does not have.",
  docs: `A request for a precision that none of its data has is an error and denied, whatever the rules say.

\`\`\`scruple bad
recipient customer
channel email reaches customer
purpose service
category location precision exact, city
category contact
source people provided { address : contact }
interaction letter {
  purposes service
  channels email
}
test "roughly" {
  in letter for service on email
  expect deny use people.address at city
}
\`\`\`

\`\`\`scruple good
recipient customer
channel email reaches customer
purpose service
category location precision exact, city
source people provided { address : location }
interaction letter {
  purposes service
  channels email
}
test "roughly" {
  in letter for service on email
  expect deny use people.address at city
}
\`\`\`

Leave the level out, or let one of the field's categories have it.`,
  message: (fields, level) =>
    `${fields.map((field) => `\`${field}\``).join(" and ")} ${fields.length > 1 ? "have" : "has"} no level \`${level}\`. Leave it out, or name data that has it.`,
});
