import { defineDiagnostic } from "@scruple/syntax";

export const unknownParameter = defineDiagnostic<[duty: string, parameter: string, near: string | null]>({
  code: "SCR2012",
  name: "unknown-parameter",
  severity: "error",
  summary: "A duty is given an argument that it does not take.",
  docs: `An application is handed a duty's arguments by name. One that the duty does not declare would be lost on the way.

\`\`\`scruple bad
category contact
duty remind(days : int)
letters: allow use contact then remind(day = 3)
\`\`\`

\`\`\`scruple good
category contact
duty remind(days : int)
letters: allow use contact then remind(days = 3)
\`\`\`

Name one of the duty's parameters, or declare this one.`,
  message: (duty, parameter, near) =>
    `The duty \`${duty}\` takes no \`${parameter}\`. ${near === null ? "Leave it out, or declare it there." : `Did you mean \`${near}\`?`}`,
});
