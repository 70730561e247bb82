import { defineDiagnostic } from "../diagnostic.ts";

export const missingUnit = defineDiagnostic<[count: string]>({
  code: "SCR1012",
  name: "missing-unit",
  severity: "error",
  summary: "A duration lacks its unit.",
  docs: `Thirty days and thirty years are both thirty. How long data may be kept is not left to guessing.

\`\`\`scruple bad
source orders provided keep at most 30 {
  address : contact
}
\`\`\`

\`\`\`scruple good
source orders provided keep at most 30 days {
  address : contact
}
\`\`\`

Add \`seconds\`, \`minutes\`, \`hours\`, \`days\`, \`weeks\`, \`months\` (of 30 days) or \`years\` (of 365).`,
  message: (count) => `${count} of what? A duration is an integer and a unit, such as \`${count} days\`.`,
});
