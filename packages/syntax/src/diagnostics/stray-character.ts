import { defineDiagnostic } from "../diagnostic.ts";

export const strayCharacter = defineDiagnostic<[text: string, hint: string]>({
  code: "SCR1002",
  name: "stray-character",
  severity: "error",
  summary: "A character that begins nothing in the language.",
  docs: `Only letters, digits and a few marks mean something outside strings and comments. There is no arithmetic either: a policy that
computes could no longer be decided exactly.

\`\`\`scruple bad
condition grown_up = subject.age + 1 > 18
\`\`\`

\`\`\`scruple good
condition grown_up = subject.age > 17
\`\`\`

Take the character away, or put it where any character may stand: into a string, a comment, or a name between backticks.`,
  message: (text, hint) => `${text} means nothing here. ${hint}`,
});
