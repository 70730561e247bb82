import { defineDiagnostic } from "../diagnostic.ts";

export const missingPolicy = defineDiagnostic<[]>({
  code: "SCR1028",
  name: "missing-policy",
  severity: "error",
  summary: "A file that does not say which policy it belongs to.",
  docs: `Rules of one policy can be spread over files, and names are looked up in their policy first. So each file says which it is part of.

\`\`\`scruple bad
purpose loyalty
\`\`\`

\`\`\`scruple good
policy shop.letters

purpose loyalty
\`\`\`

Begin the file with \`policy\` and the policy's name.`,
  message: () =>
    "This file does not say which policy it belongs to. Begin it with `policy` and a name, such as `policy airline.know_me`.",
});
