import { defineDiagnostic } from "../diagnostic.ts";

export const repeatedClause = defineDiagnostic<[clause: string, owner: string]>({
  code: "SCR1022",
  name: "repeated-clause",
  severity: "error",
  summary: "A clause stands twice.",
  docs: `Two lists of purposes could mean either of them or both. Since only the first counts, the second would mislead whoever reads it.

\`\`\`scruple bad
letters: allow use contact for marketing for service
\`\`\`

\`\`\`scruple good
letters: allow use contact for marketing, service
\`\`\`

Join the two, or take one away.`,
  message: (clause, owner) =>
    `\`${clause}\` stands twice in this ${owner}. Only the first counts; join the two or take one away.`,
});
