import { defineDiagnostic } from "@scruple/syntax";

export const outOfRange = defineDiagnostic<[of: string, type: string]>({
  code: "SCR3009",
  name: "out-of-range",
  severity: "error",
  summary: "A value lies outside the range of its type.",
  docs: `An application that sent such a value would be answered as if it were unknown, so a test or a duty that gives it tests nothing.

\`\`\`scruple bad
category contact
duty remind(days : int 1..30)
letters: allow use contact then remind(days = 60)
\`\`\`

\`\`\`scruple good
category contact
duty remind(days : int 1..30)
letters: allow use contact then remind(days = 30)
\`\`\`

Give a value within the range, or widen the range.`,
  message: (of, type) => `\`${of}\` is ${type}, and this lies outside.`,
});
