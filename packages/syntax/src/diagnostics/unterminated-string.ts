import { defineDiagnostic } from "../diagnostic.ts";

export const unterminatedString = defineDiagnostic<[]>({
  code: "SCR1003",
  name: "unterminated-string",
  severity: "error",
  summary: "A string ends with its line instead of with a quote.",
  docs: `A string stays on one line, so that a forgotten quote cannot swallow the rules below it.

\`\`\`scruple bad
letters: allow use contact
  told "We write to you once a month.
\`\`\`

\`\`\`scruple good
letters: allow use contact
  told "We write to you once a month."
\`\`\`

Close the string. A line break inside it is written as \`\\n\`.`,
  message: () =>
    'This string has no closing `"` before the line ends. A string stays on one line; write a line break as `\\n`.',
});
