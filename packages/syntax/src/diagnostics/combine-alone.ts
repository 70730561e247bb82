import { defineDiagnostic } from "../diagnostic.ts";

export const combineAlone = defineDiagnostic<[]>({
  code: "SCR1026",
  name: "combine-alone",
  severity: "error",
  summary: "`with` stands beside another operation than `combine`.",
  docs: `\`with\` names the second piece of data, and only \`combine\` has one.

\`\`\`scruple bad
profile: allow combine, use orders with visits
\`\`\`

\`\`\`scruple good
profile: allow combine orders with visits
reading: allow use orders, visits
\`\`\`

Write the other operations in a rule of their own.`,
  message: () =>
    "`with` names what data is combined with, so the only operation beside it is `combine`. Write the other operations in a rule of their own.",
});
