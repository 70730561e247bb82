import { defineDiagnostic } from "../diagnostic.ts";

export const decimalNumber = defineDiagnostic<[number: string]>({
  code: "SCR1017",
  name: "decimal-number",
  severity: "error",
  summary: "A number with a fraction.",
  docs: `Fractions are not exact in most programs, and a policy has to be decided the same everywhere.

\`\`\`scruple bad
condition recent = data.age < 1.5 hours
\`\`\`

\`\`\`scruple good
condition recent = data.age < 90 minutes
\`\`\`

Choose a unit in which the number is whole.`,
  message: (number) =>
    `${number} has a fraction, and Scruple counts in whole numbers only. Choose a smaller unit, so that the number becomes whole.`,
});
