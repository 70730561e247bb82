import { defineDiagnostic } from "@scruple/syntax";

export const nothingToBuild = defineDiagnostic<[policy: string]>({
  code: "SCR8006",
  name: "nothing-to-build",
  severity: "hint",
  summary: "A policy declares no interaction, and nothing uses it.",
  docs: `Guards are made for interactions. A policy without any is there to be used by others, and nobody uses this one yet.

\`\`\`scruple bad
purpose loyalty
\`\`\`

\`\`\`scruple good
purpose loyalty
recipient customer
channel email reaches customer
interaction letter {
  purposes loyalty
  channels email
}
\`\`\`

Declare an interaction, or \`use\` the policy from one that does.`,
  message: (policy) => `\`${policy}\` declares no interaction and no policy uses it, so nothing is built from it.`,
});
