import { defineDiagnostic } from "../diagnostic.ts";

export const emptyException = defineDiagnostic<[]>({
  code: "SCR1025",
  name: "empty-exception",
  severity: "error",
  summary: "An exception that says nothing.",
  docs: `What an exception leaves out, it leaves open. One that leaves out everything would take back the whole rule.

\`\`\`scruple bad
letters: allow use contact except { }
\`\`\`

\`\`\`scruple good
letters: allow use contact except for marketing
\`\`\`

Say for which data, purpose, channel, recipient or condition the exception is.`,
  message: () =>
    "This exception says nothing, so it would take back the whole rule. Name the data, purpose, channel, recipient or condition that it is for.",
});
