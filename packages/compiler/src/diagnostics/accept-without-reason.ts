import { defineDiagnostic } from "@scruple/syntax";

export const acceptWithoutReason = defineDiagnostic<[lint: string]>({
  code: "SCR3027",
  name: "accept-without-reason",
  severity: "error",
  summary: "A finding is accepted without a reason.",
  docs: `Whoever reads the report later wants to know why a finding was let stand, and who reviews it has to be able to disagree.
So \`@accept\` takes a reason.

\`\`\`scruple bad
category contact
@accept("untold")
letters: allow use contact
\`\`\`

\`\`\`scruple good
category contact
@accept("untold", "The order form says so.")
letters: allow use contact
\`\`\`

Say why, in a sentence that an auditor would understand.`,
  message: (lint) => `Accepting \`${lint}\` needs a reason, which reports will list: \`@accept("${lint}", "…")\`.`,
});
