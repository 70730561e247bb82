import { defineDiagnostic } from "../diagnostic.ts";

export const needlessSemicolon = defineDiagnostic<[]>({
  code: "SCR1016",
  name: "needless-semicolon",
  severity: "error",
  summary: "A semicolon where nothing has to end.",
  docs: `Line breaks and the words themselves show where a rule ends.

\`\`\`scruple bad
letters: allow use contact;
\`\`\`

\`\`\`scruple good
letters: allow use contact
\`\`\`

Leave it out.`,
  message: () => "Nothing ends with a semicolon here; leave it out.",
});
