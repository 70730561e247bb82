import { defineDiagnostic } from "../diagnostic.ts";

export const invalidName = defineDiagnostic<[name: string, why: string]>({
  code: "SCR1006",
  name: "invalid-name",
  severity: "error",
  summary: "A name holds characters that names cannot have.",
  docs: `Plain names are made of the letters \`a\` to \`z\`, digits and \`_\`, because they travel into code, file names and databases.
Between backticks nearly everything goes, but not \`.\`, \`/\`, \`#\` and spaces: paths of rules are made with those.

\`\`\`scruple bad
purpose qualité
\`\`\`

\`\`\`scruple good
purpose \`qualité\`
\`\`\`

Put the name between backticks, or choose one without the character.`,
  message: (name, why) => `\`${name}\` is not a name: ${why}`,
});
