import { defineDiagnostic } from "@scruple/syntax";

export const mixedUnits = defineDiagnostic<[one: string, days: string, other: string, otherDays: string]>({
  code: "SCR4011",
  name: "mixed-units",
  severity: "warning",
  summary: "Two durations look alike and are not.",
  docs: `A month is 30 days and a year 365, so \`12 months\` are five days short of \`1 year\`. Beside each other, one of them is probably not meant.

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
    when data.age <= 12 months
    told "We write to you about what you ordered."
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
interaction letter started by customer {
  purposes service
  channels email

  post: allow use contact
    under contract
    when data.age <= 1 year
    told "We write to you about what you ordered."
}
\`\`\`

Use the same unit for both; or days, where they are meant to differ.`,
  message: (one, days, other, otherDays) =>
    `\`${one}\` are ${days} days, and \`${other}\`, used elsewhere in this policy, ${otherDays}. Use one unit if they are meant to be the same.`,
});
