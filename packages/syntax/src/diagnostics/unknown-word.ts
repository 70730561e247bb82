import { defineDiagnostic } from "../diagnostic.ts";

export const unknownWord = defineDiagnostic<[what: string, found: string, known: string, suggestion: string | null]>({
  code: "SCR1021",
  name: "unknown-word",
  severity: "error",
  summary: "A word that is none of those which can stand here.",
  docs: `Operations, origins, legal bases and units are closed lists: each of their words has a fixed meaning that decisions rest on.

\`\`\`scruple bad
letters: allow share contact to partner
\`\`\`

\`\`\`scruple good
letters: allow disclose contact to partner
\`\`\`

Choose one of the words that the message lists.`,
  message: (what, found, known, suggestion) =>
    `\`${found}\` is no ${what}${suggestion === null ? `: it is one of ${known}.` : `; did you mean \`${suggestion}\`?`}`,
});
