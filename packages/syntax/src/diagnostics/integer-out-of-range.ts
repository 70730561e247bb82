import { defineDiagnostic } from "../diagnostic.ts";

export const integerOutOfRange = defineDiagnostic<[digits: string, why: string]>({
  code: "SCR1009",
  name: "integer-out-of-range",
  severity: "error",
  summary: "An integer is too large to be exact, or too small for its place.",
  docs: `Beyond 2^53-1 not every integer has a value of its own in the programs that enforce a policy, and two limits that differ could
come out the same.

\`\`\`scruple bad
condition many = group_size > 99999999999999999999
\`\`\`

\`\`\`scruple good
condition many = group_size > 9007199254740991
\`\`\`

Choose a number between -(2^53-1) and 2^53-1; how often something may happen is counted from 0.`,
  message: (digits, why) => `${digits} is ${why}`,
});
