import { defineDiagnostic } from "../diagnostic.ts";

export const controlCharacter = defineDiagnostic<[character: string]>({
  code: "SCR1008",
  name: "control-character",
  severity: "error",
  summary: "A string holds a control character.",
  docs: `Tabs and their like cannot be seen, and some programs change them on the way. JSON keeps them out of strings, and so does Scruple.

\`\`\`scruple bad
letters: allow use contact
  told "Name:\tKim"
\`\`\`

\`\`\`scruple good
letters: allow use contact
  told "Name:\\tKim"
\`\`\`

Write the escape that the message names.`,
  message: (character) => `A string cannot hold the control character ${character} itself. Write it as an escape.`,
});
