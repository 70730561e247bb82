import { defineDiagnostic } from "../diagnostic.ts";

export const chainedComparison = defineDiagnostic<[]>({
  code: "SCR1019",
  name: "chained-comparison",
  severity: "error",
  summary: "A comparison of a comparison.",
  docs: `\`1 < age < 9\` means something else in nearly every language that has it. Scruple has a range for it.

\`\`\`scruple bad
condition teen = 13 <= subject.age <= 19
\`\`\`

\`\`\`scruple good
condition teen = subject.age in 13..19
\`\`\`

Use \`in\` with a range, or compare twice and join the two with \`and\`.`,
  message: () => "Comparisons do not chain. Compare twice and join the two with `and`.",
});
