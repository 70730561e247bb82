import { defineDiagnostic } from "@scruple/syntax";

export const reservedName = defineDiagnostic<[what: string, name: string, meaning: string]>({
  code: "SCR2002",
  name: "reserved-name",
  severity: "error",
  summary: "A declaration takes a name that the language gives a meaning to.",
  docs: `A few names mean the same in every policy: \`any\` and \`special\` among data, \`today\`, \`group_size\`, \`consents\` and
the like among facts, \`id\` among the subject's attributes. A declaration of that name could never be told from the
built-in one.

\`\`\`scruple bad
facts { today : date }
\`\`\`

\`\`\`scruple good
facts { business_day : date }
\`\`\`

Choose another name.`,
  message: (what, name, meaning) => `\`${name}\` cannot be the name of ${what}: ${meaning}. Choose another name.`,
});
