import { defineDiagnostic } from "@scruple/syntax";

export const reservedPolicy = defineDiagnostic<[policy: string]>({
  code: "SCR8008",
  name: "reserved-policy",
  severity: "error",
  summary: "A policy's name begins with `std`.",
  docs: `\`std\` is the vocabulary that comes with Scruple. A project's policy of such a name could take the place of one of its words.

\`\`\`scruple bad
policy std.mine
purpose loyalty
\`\`\`

\`\`\`scruple good
policy shop.mine
purpose loyalty
\`\`\`

Choose a name that begins with your company or product.`,
  message: (policy) =>
    `\`${policy}\` cannot be declared here: names that begin with \`std\` belong to the standard vocabulary.`,
});
