import { defineDiagnostic } from "@scruple/syntax";

export const wrongKind = defineDiagnostic<[name: string, is: string, wanted: string]>({
  code: "SCR2005",
  name: "wrong-kind",
  severity: "error",
  summary: "A name is declared, but as another kind of thing than is needed here.",
  docs: `Each place in a rule takes names of one kind: \`for\` takes purposes, \`on\` channels, \`to\` recipients.

\`\`\`scruple bad
recipient customer
channel email reaches customer
no_mail: deny disclose any to email
\`\`\`

\`\`\`scruple good
recipient customer
channel email reaches customer
no_mail: deny disclose any on email
\`\`\`

Move the name to the clause that it belongs to, or name what this clause is about.`,
  message: (name, is, wanted) => `\`${name}\` is ${is}, but ${wanted} is needed here.`,
});
