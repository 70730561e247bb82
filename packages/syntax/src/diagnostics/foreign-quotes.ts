import { defineDiagnostic } from "../diagnostic.ts";

export const foreignQuotes = defineDiagnostic<[]>({
  code: "SCR1015",
  name: "foreign-quotes",
  severity: "error",
  summary: "A string in other quotes than those of JSON.",
  docs: `Only the straight double quote begins a string. Word processors like to turn it into something else on the way.

\`\`\`scruple bad
letters: allow use contact because 'They asked for it.'
\`\`\`

\`\`\`scruple good
letters: allow use contact because "They asked for it."
\`\`\`

Put the text between \`"\` and \`"\`.`,
  message: () => 'Strings stand between `"` and `"`.',
});
