import { defineDiagnostic } from "../diagnostic.ts";

export const clauseOrder = defineDiagnostic<[clause: string, before: string, order: string]>({
  code: "SCR1023",
  name: "clause-order",
  severity: "error",
  summary: "A clause stands in another place than its own.",
  docs: `Every rule reads in the same order: what it selects, under which conditions, what follows from it, and what is excepted. Where
rules look alike, a difference between them shows.

\`\`\`scruple bad
letters: allow use contact when subject.adult for marketing
\`\`\`

\`\`\`scruple good
letters: allow use contact for marketing when subject.adult
\`\`\`

Apply the fix, which moves each clause to its place.`,
  message: (clause, before, order) => `\`${clause}\` belongs before \`${before}\`: ${order}.`,
});
