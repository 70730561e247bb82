import { defineDiagnostic } from "@scruple/syntax";

export const emptyFile = defineDiagnostic<[]>({
  code: "SCR8007",
  name: "empty-file",
  severity: "hint",
  summary: "A file declares nothing.",
  docs: `It has a policy's name and nothing else, so it changes nothing.

\`\`\`scruple bad
policy docs.example
\`\`\`

\`\`\`scruple good
policy docs.example
purpose loyalty
\`\`\`

Remove the file, or write the policy.`,
  message: () => "This file declares nothing yet.",
});
