import { defineDiagnostic } from "../diagnostic.ts";

export const nestingTooDeep = defineDiagnostic<[limit: number]>({
  code: "SCR1018",
  name: "nesting-too-deep",
  severity: "error",
  summary: "Parentheses, exceptions and `not` are nested too deeply.",
  docs: `Nobody can follow a condition through hundreds of levels, and programs that try run out of space. More than 256 levels of
parentheses, \`except\` and \`not\` together are an error; what is deeper is left out.

\`\`\`scruple bad
condition deep = ${"(".repeat(257)}adult${")".repeat(257)}
\`\`\`

\`\`\`scruple good
condition grown_up = adult or (subject.age >= 18)
\`\`\`

Give parts of the condition a name with \`condition\`, and use the names.`,
  message: (limit) =>
    `This is nested deeper than ${limit} levels of parentheses, \`except\` and \`not\`, and is left out from here on. Give parts of it names with \`condition\`.`,
});
