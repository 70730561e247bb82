import { defineDiagnostic } from "@scruple/syntax";

export const unknownType = defineDiagnostic<[name: string, near: string | null]>({
  code: "SCR3006",
  name: "unknown-type",
  severity: "error",
  summary: "A type is none that the language has.",
  docs: `Attributes, facts and parameters are \`bool\`, \`int\`, \`int a..b\`, \`text\`, \`time\`, \`date\`, \`duration\`, one of several values
(\`eu | uk | us\`) or a \`set of\` these.

\`\`\`scruple bad
subject { age : integer }
\`\`\`

\`\`\`scruple good
subject { age : int 0..130 }
\`\`\`

Name one of these types. A type of one value alone would say nothing.`,
  message: (name, near) =>
    `\`${name}\` is no type. ${near === null ? "Types are `bool`, `int`, `text`, `time`, `date`, `duration`, `a | b` and `set of a | b`." : `Did you mean \`${near}\`?`}`,
});
