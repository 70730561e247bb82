import { defineDiagnostic } from "../diagnostic.ts";

export const severalParents = defineDiagnostic<[name: string]>({
  code: "SCR1031",
  name: "several-parents",
  severity: "error",
  summary: "A recipient is within several others.",
  docs: `Recipients form a tree, so that two of them either contain each other or have nobody in common. Whether a disclosure reaches
somebody can be told for certain only then.

\`\`\`scruple bad
recipient family within household, guests
\`\`\`

\`\`\`scruple good
recipient family within household
\`\`\`

Keep the one that says who they are, and declare another recipient if there are two kinds.`,
  message: (name) =>
    `Recipients form a tree, so \`${name}\` is within one other at most. Keep the one that says who they are.`,
});
