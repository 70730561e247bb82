import { defineDiagnostic } from "../diagnostic.ts";

export const unmatched = defineDiagnostic<[mark: string]>({
  code: "SCR1036",
  name: "unmatched",
  severity: "error",
  summary: "A closing brace or parenthesis without an opening one.",
  docs: `What seems to end here was never begun, or has ended before. Often a brace too many closed it a few lines above.

\`\`\`scruple bad
purpose loyalty
}
\`\`\`

\`\`\`scruple good
purpose loyalty
\`\`\`

Take it away, or open what it should close.`,
  message: (mark) => `This \`${mark}\` closes nothing. Take it away, or open what it should close.`,
});
