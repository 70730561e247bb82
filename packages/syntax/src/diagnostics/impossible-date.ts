import { defineDiagnostic } from "../diagnostic.ts";

export const impossibleDate = defineDiagnostic<[date: string, why: string]>({
  code: "SCR1010",
  name: "impossible-date",
  severity: "error",
  summary: "A date that is on no calendar.",
  docs: `An allow that ends on a day that never comes would not end when somebody thinks it does.

\`\`\`scruple bad
letters: allow use contact until 2026-02-30
\`\`\`

\`\`\`scruple good
letters: allow use contact until 2026-02-28
\`\`\`

Write a date that exists, as year, month and day.`,
  message: (date, why) => `\`${date}\` is no date: ${why}`,
});
