import { defineDiagnostic } from "../diagnostic.ts";

export const unterminatedName = defineDiagnostic<[]>({
  code: "SCR1005",
  name: "unterminated-name",
  severity: "error",
  summary: "A name between backticks lacks the second one.",
  docs: `Backticks hold names with characters that a plain word cannot have. Without the second one it is unclear where the name ends.

\`\`\`scruple bad
purpose \`année
\`\`\`

\`\`\`scruple good
purpose \`année\`
\`\`\`

Put a backtick behind the name.`,
  message: () => "This name begins with a backtick and needs another one at its end.",
});
