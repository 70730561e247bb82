import { defineDiagnostic } from "@scruple/syntax";

export const unknownLevel = defineDiagnostic<[level: string, near: string | null]>({
  code: "SCR2011",
  name: "unknown-level",
  severity: "error",
  summary: "`at` names a level that no category has.",
  docs: `Levels of precision belong to categories. A level that none of them has selects nothing, so the rule would be without effect.

\`\`\`scruple bad
category location precision exact, city
coarse: deny disclose location at town
\`\`\`

\`\`\`scruple good
category location precision exact, city
coarse: deny disclose location at city
\`\`\`

Name one of the levels of the data's category, or declare the level there.`,
  message: (level, near) =>
    `No category has a level \`${level}\`. ${near === null ? "Name one that stands after `precision`." : `Did you mean \`${near}\`?`}`,
});
