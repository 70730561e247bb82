import { defineDiagnostic } from "../diagnostic.ts";

export const noCalls = defineDiagnostic<[name: string]>({
  code: "SCR1032",
  name: "no-calls",
  severity: "error",
  summary: "A call of something that cannot be called.",
  docs: `Every question about a policy can be decided because conditions only look at facts. A call could do anything.

\`\`\`scruple bad
condition grown_up = subject.isAdult(18)
\`\`\`

\`\`\`scruple good
condition grown_up = subject.age >= 18
\`\`\`

Ask for a fact that the application knows. Of sets there is one question, \`.contains(value)\`.`,
  message: (name) =>
    `\`${name}\` cannot be called. The only question with parentheses is \`.contains(value)\`, asked of a set.`,
});
