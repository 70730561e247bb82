import { defineDiagnostic } from "../diagnostic.ts";

export const ruleWithoutName = defineDiagnostic<[]>({
  code: "SCR1034",
  name: "rule-without-name",
  severity: "error",
  summary: "A rule outside interactions has no name.",
  docs: `Such a rule holds in every interaction and decides in many places. Decisions, tests and reports tell of it by its name.

\`\`\`scruple bad
deny disclose special to public
\`\`\`

\`\`\`scruple good
private_matters: deny disclose special to public
\`\`\`

Put a name and a colon before it.`,
  message: () =>
    "A rule outside interactions holds in every one of them, and needs a name to be told by: write `name:` before it.",
});
