import { defineDiagnostic } from "../diagnostic.ts";

export const foreignOperator = defineDiagnostic<[found: string, meant: string]>({
  code: "SCR1014",
  name: "foreign-operator",
  severity: "error",
  summary: "An operator of another language.",
  docs: `Conditions are read by people who write no programs, so they have words: \`and\`, \`or\`, \`not\`. A comparison is \`=\`, which
assigns nothing here.

\`\`\`scruple bad
condition grown_up = subject.age >= 18 && subject.region == uk
\`\`\`

\`\`\`scruple good
condition grown_up = subject.age >= 18 and subject.region = uk
\`\`\`

Use the operator that the message names.`,
  message: (found, meant) => `There is no \`${found}\` in Scruple; write \`${meant}\`.`,
});
