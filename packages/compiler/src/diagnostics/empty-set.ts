import { defineDiagnostic } from "@scruple/syntax";

export const emptySet = defineDiagnostic<[of: string]>({
  code: "SCR3008",
  name: "empty-set",
  severity: "error",
  summary: "A set after `in` is empty.",
  docs: `Nothing is in an empty set, so the condition would be false whatever is known.

\`\`\`scruple bad
subject { region : eu | uk | us }
condition near = subject.region in {}
\`\`\`

\`\`\`scruple good
subject { region : eu | uk | us }
condition near = subject.region in {eu, uk}
\`\`\`

Name at least one value.`,
  message: (of) => `\`${of}\` can be in no empty set. Name at least one value.`,
});
