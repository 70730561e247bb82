import { defineDiagnostic } from "@scruple/syntax";

export const notACondition = defineDiagnostic<[what: string, set: boolean]>({
  code: "SCR3004",
  name: "not-a-condition",
  severity: "error",
  summary: "A condition is needed, and something stands there that is neither true nor false.",
  docs: `Conditions are made of comparisons, of attributes and facts of the type \`bool\`, of other conditions, and of consents and
objections.

\`\`\`scruple bad
subject { age : int 0..130 }
condition adult = subject.age
\`\`\`

\`\`\`scruple good
subject { age : int 0..130 }
condition adult = subject.age >= 18
\`\`\`

Compare it with something.`,
  message: (what, set) =>
    `${what}, which is neither true nor false. ${set ? "Ask whether it `.contains` a value." : "Compare it with something."}`,
});
