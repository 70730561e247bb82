import { defineDiagnostic } from "../diagnostic.ts";

export const misspeltKeyword = defineDiagnostic<[found: string, meant: string]>({
  code: "SCR1020",
  name: "misspelt-keyword",
  severity: "error",
  summary: "A word that looks like a misspelt keyword.",
  docs: `Another word belongs here, and one that belongs here is spelt nearly like it. It is read as that one, so that the rest of the
file can still be checked; the policy is not built before it is settled.

\`\`\`scruple bad
letters: allow use contact unles subject.minor
\`\`\`

\`\`\`scruple good
letters: allow use contact unless subject.minor
\`\`\`

Write the keyword, or apply the fix.`,
  message: (found, meant) => `There is no \`${found}\` here; did you mean \`${meant}\`?`,
});
