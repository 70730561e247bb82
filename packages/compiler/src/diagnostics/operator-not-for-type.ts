import { defineDiagnostic } from "@scruple/syntax";

export const operatorNotForType = defineDiagnostic<[operator: string, of: string | null, type: string, advice: string]>(
  {
    code: "SCR3005",
    name: "operator-not-for-type",
    severity: "error",
    summary: "A type does not have this operator.",
    docs: `\`bool\`, \`text\` and one-of types have no order: \`=\` and \`!=\` compare them, and \`in\` asks for one of several. Sets are asked
with \`.contains\` alone.

\`\`\`scruple bad
subject { region : eu | uk | us }
condition small = subject.region < us
\`\`\`

\`\`\`scruple good
subject { region : eu | uk | us }
condition small = subject.region != us
\`\`\`

Use an operator that the type has.`,
    message: (operator, of, type, advice) =>
      `\`${operator}\` does not go with ${of === null ? type : `\`${of}\`, which is ${type}`}. ${advice}`,
  },
);
