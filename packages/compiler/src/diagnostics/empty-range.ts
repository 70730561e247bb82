import { defineDiagnostic } from "@scruple/syntax";

export const emptyRange = defineDiagnostic<[from: string, to: string]>({
  code: "SCR3007",
  name: "empty-range",
  severity: "error",
  summary: "A range ends before it begins.",
  docs: `Both ends of a range belong to it. Only times may run backwards, which means past midnight.

\`\`\`scruple bad
subject { age : int 130..0 }
\`\`\`

\`\`\`scruple good
subject { age : int 0..130 }
\`\`\`

Swap the ends.`,
  message: (from, to) => `Nothing lies in \`${from}..${to}\`: the range ends before it begins. Swap the ends.`,
});
