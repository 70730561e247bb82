import { defineDiagnostic } from "../diagnostic.ts";

export const interactionBounds = defineDiagnostic<[message: string]>({
  code: "SCR1027",
  name: "interaction-bounds",
  severity: "error",
  summary: "An interaction lacks its purposes or channels, or has them in the wrong place.",
  docs: `\`purposes\` and \`channels\` bound every rule of an interaction and every request to it. They stand once each, and first, so that
nobody has to look for them.

\`\`\`scruple bad
interaction reminder {
  purposes service
  allow use contact
}
\`\`\`

\`\`\`scruple good
interaction reminder {
  purposes service
  channels sms
  allow use contact
}
\`\`\`

Begin the interaction with one line of each.`,
  message: (message) => message,
});
