import { defineDiagnostic } from "@scruple/syntax";

export const repeatedArgument = defineDiagnostic<[name: string]>({
  code: "SCR3015",
  name: "repeated-argument",
  severity: "error",
  summary: "A duty is given one argument twice.",
  docs: `Of two values for one parameter, only one could reach the application.

\`\`\`scruple bad
category contact
duty remind(days : int)
letters: allow use contact then remind(days = 3, days = 5)
\`\`\`

\`\`\`scruple good
category contact
duty remind(days : int)
letters: allow use contact then remind(days = 3)
\`\`\`

Keep one of them.`,
  message: (name) => `\`${name}\` is given twice. Keep one of the two.`,
});
