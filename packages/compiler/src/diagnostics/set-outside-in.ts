import { defineDiagnostic } from "@scruple/syntax";

export const setOutsideIn = defineDiagnostic<[what: string]>({
  code: "SCR3011",
  name: "set-outside-in",
  severity: "error",
  summary: "A set or a range stands where one value is needed.",
  docs: `Sets and ranges belong after \`in\`. Equality is asked of single values.

\`\`\`scruple bad
subject { region : eu | uk | us }
condition near = subject.region = {eu, uk}
\`\`\`

\`\`\`scruple good
subject { region : eu | uk | us }
condition near = subject.region in {eu, uk}
\`\`\`

Write \`in\` before it.`,
  message: (what) => `A ${what} goes with \`in\` alone: write \`in\` before it, or compare with a single value.`,
});
