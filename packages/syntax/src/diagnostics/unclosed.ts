import { defineDiagnostic } from "../diagnostic.ts";

export const unclosed = defineDiagnostic<[close: string, what: string, found: string]>({
  code: "SCR1033",
  name: "unclosed",
  severity: "error",
  summary: "An opening brace or parenthesis lacks its closing one.",
  docs: `A declaration or a rule begins, and what was opened before is not closed. It is taken to end here.

\`\`\`scruple bad
source orders provided {
  address : contact

purpose loyalty
\`\`\`

\`\`\`scruple good
source orders provided {
  address : contact
}

purpose loyalty
\`\`\`

Close it where it ends; the related place is where it was opened.`,
  message: (close, what, found) => `Expected \`${close}\` to close ${what}, but found ${found}.`,
});
