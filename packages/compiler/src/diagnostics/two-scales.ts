import { defineDiagnostic } from "@scruple/syntax";

export const twoScales = defineDiagnostic<[field: string, first: string, second: string]>({
  code: "SCR3016",
  name: "two-scales",
  severity: "error",
  summary: "A field is measured on two scales.",
  docs: `Categories with \`precision\` give their levels to the fields that bear them. On two scales at once, \`at city\` could mean
two different things for one value.

\`\`\`scruple bad
category location precision exact, city
category moment precision minute, day
source visits observed { visit : location, moment }
\`\`\`

\`\`\`scruple good
category location precision exact, city
category moment precision minute, day
source visits observed {
  place : location
  time : moment
}
\`\`\`

Split the field, or take one of the categories away.`,
  message: (field, first, second) =>
    `\`${field}\` is measured on two scales, those of \`${first}\` and of \`${second}\`. Split the field, or take one category away.`,
});
