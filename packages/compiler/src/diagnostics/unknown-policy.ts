import { defineDiagnostic } from "@scruple/syntax";

export const unknownPolicy = defineDiagnostic<[policy: string, near: string | null]>({
  code: "SCR2008",
  name: "unknown-policy",
  severity: "error",
  summary: "`use` names a policy that no file of the project declares.",
  docs: `A policy that cannot be found could hold denials that matter, so nothing is built without it.

\`\`\`scruple bad
policy shop.offers
use shop.word
//- words.scruple
policy shop.words
purpose marketing
\`\`\`

\`\`\`scruple good
policy shop.offers
use shop.words
//- words.scruple
policy shop.words
purpose marketing
\`\`\`

Correct the name, or see that \`include\` in scruple.json covers the file that declares it.`,
  message: (policy, near) =>
    `No file of the project declares a policy \`${policy}\`. ${near === null ? "Check the name, and what `include` in scruple.json covers." : `Did you mean \`${near}\`?`}`,
});
