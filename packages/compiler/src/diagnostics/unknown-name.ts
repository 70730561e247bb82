import { defineDiagnostic } from "@scruple/syntax";

export const unknownName = defineDiagnostic<[wanted: string, name: string, hint: string | null]>({
  code: "SCR2004",
  name: "unknown-name",
  severity: "error",
  summary: "A name is declared nowhere that the policy can see.",
  docs: `A policy sees what its own files declare, and what the policies that it names in \`use\` declare themselves. What those
use in their turn is not brought along.

\`\`\`scruple bad
purpose marketing
purpose letters within markting
\`\`\`

\`\`\`scruple good
purpose marketing
purpose letters within marketing
\`\`\`

Correct the spelling, declare the name, or \`use\` the policy that declares it.`,
  message: (wanted, name, hint) =>
    `No ${wanted.replaceAll(/\ban? /g, "")} is named \`${name}\` here. ${hint ?? "Declare it, or `use` the policy that does."}`,
});
