import { defineDiagnostic } from "@scruple/syntax";

export const looseDocumentation = defineDiagnostic<[]>({
  code: "SCR2016",
  name: "loose-documentation",
  severity: "warning",
  summary: "Documentation that belongs to nothing.",
  docs: `A comment with three slashes documents the declaration, rule or member that follows it, and hovers and reports show it there.
Where none follows, nobody gets to read it.

\`\`\`scruple bad
purpose support
/// Calls and letters that answer a question.
\`\`\`

\`\`\`scruple good
/// Calls and letters that answer a question.
purpose support
\`\`\`

Move it before what it is about, or write it with two slashes.`,
  message: () =>
    "Nothing follows that this could document. Move it before a declaration, a rule or a member, or write `//`.",
});
