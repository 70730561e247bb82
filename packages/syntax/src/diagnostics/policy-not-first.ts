import { defineDiagnostic } from "../diagnostic.ts";

export const policyNotFirst = defineDiagnostic<[]>({
  code: "SCR1029",
  name: "policy-not-first",
  severity: "error",
  summary: "A policy header that is not the first thing in its file.",
  docs: `A file belongs to one policy, as a whole. A second header, or one further down, would suggest that what follows belongs elsewhere.

\`\`\`scruple bad
purpose loyalty
policy shop.letters
\`\`\`

\`\`\`scruple good
policy shop.letters

purpose loyalty
\`\`\`

Move the header to the beginning, or the declarations into a file of their own.`,
  message: () => "`policy` stands once in a file, before everything else.",
});
