import { defineDiagnostic } from "@scruple/syntax";

export const repeatedValue = defineDiagnostic<[value: string]>({
  code: "SCR3010",
  name: "repeated-value",
  severity: "error",
  summary: "A value stands twice in one list.",
  docs: `The values of a type, the levels of a scale and the elements of a set differ from each other. A second one of a name says nothing, and usually stands where another was meant.

\`\`\`scruple bad
subject { region : eu | uk | eu }
\`\`\`

\`\`\`scruple good
subject { region : eu | uk | us }
\`\`\`

Remove it, or write the one that was meant.`,
  message: (value) => `\`${value}\` stands in this list twice. Remove one of them.`,
});
