import { defineDiagnostic } from "../diagnostic.ts";

export const unterminatedComment = defineDiagnostic<[]>({
  code: "SCR1004",
  name: "unterminated-comment",
  severity: "error",
  summary: "A comment is never closed.",
  docs: `Everything behind \`/*\` belongs to the comment until \`*/\` closes it, so the rest of the file says nothing: denials included.

\`\`\`scruple bad
letters: allow use contact /* as agreed
\`\`\`

\`\`\`scruple good
letters: allow use contact /* as agreed in May */
\`\`\`

Close it with \`*/\`, or use \`//\`, which ends with its line.`,
  message: () => "This comment is never closed. Everything after it is left out until there is a `*/`.",
});
