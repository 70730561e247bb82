import { defineDiagnostic } from "@scruple/syntax";

export const repeatedAnnotation = defineDiagnostic<[name: string]>({
  code: "SCR3028",
  name: "repeated-annotation",
  severity: "error",
  summary: "An annotation that can stand once stands twice.",
  docs: `A declaration has one id, one owner and one date of review. Of two, a report could show only one.

\`\`\`scruple bad
@owner("Loyalty team")
@owner("Marketing")
purpose loyalty
\`\`\`

\`\`\`scruple good
@owner("Loyalty team")
purpose loyalty
\`\`\`

Keep one of them.`,
  message: (name) => `\`@${name}\` stands here twice. Keep one of the two.`,
});
