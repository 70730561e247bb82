import { defineDiagnostic } from "../diagnostic.ts";

export const invalidEscape = defineDiagnostic<[found: string]>({
  code: "SCR1007",
  name: "invalid-escape",
  severity: "error",
  summary: "An escape that strings do not have.",
  docs: `Strings are those of JSON, so that they read the same in every tool that a policy is handed to.

\`\`\`scruple bad
letters: allow use contact
  told "Look under C:\\data."
\`\`\`

\`\`\`scruple good
letters: allow use contact
  told "Look under C:\\\\data."
\`\`\`

Double the backslash if you mean one.`,
  message: (found) =>
    `\`${found}\` is no escape. Strings know \`\\\\\`, \`\\"\`, \`\\/\`, \`\\b\`, \`\\f\`, \`\\n\`, \`\\r\`, \`\\t\` and \`\\u\` with four hexadecimal digits.`,
});
