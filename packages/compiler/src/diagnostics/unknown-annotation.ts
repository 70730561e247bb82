import { defineDiagnostic } from "@scruple/syntax";

export const unknownAnnotation = defineDiagnostic<[name: string, near: string | null]>({
  code: "SCR2015",
  name: "unknown-annotation",
  severity: "warning",
  summary: "An annotation has a name that Scruple does not know.",
  docs: `Annotations reach the model, reports and editors as they are, so an unknown one does no harm. Most often it is misspelt,
and what it was meant to say gets lost.

\`\`\`scruple bad
@ownr("Loyalty team")
purpose loyalty
\`\`\`

\`\`\`scruple good
@owner("Loyalty team")
purpose loyalty
\`\`\`

Correct the spelling, or turn this warning off in scruple.json if you use annotations of your own.`,
  message: (name, near) =>
    `There is no annotation \`@${name}\`. ${near === null ? "It is kept, and means nothing." : `Did you mean \`@${near}\`?`}`,
});
