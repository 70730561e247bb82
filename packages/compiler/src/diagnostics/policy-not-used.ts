import { defineDiagnostic } from "@scruple/syntax";

export const policyNotUsed = defineDiagnostic<[name: string, policy: string, hindered: string | null]>({
  code: "SCR2007",
  name: "policy-not-used",
  severity: "error",
  summary: "A qualified name begins with a policy that this one does not use.",
  docs: `\`use\` is what makes another policy bear on this one: with its names come its promises and its denials. A name alone does
not do that, or a policy could take the vocabulary and leave the guardrails.

\`\`\`scruple bad
policy shop.offers
purpose letters within shop.words.marketing
//- words.scruple
policy shop.words
purpose marketing
\`\`\`

\`\`\`scruple good
policy shop.offers
use shop.words
purpose letters within shop.words.marketing
//- words.scruple
policy shop.words
purpose marketing
\`\`\`

Add the \`use\`.`,
  message: (name, policy, hindered) =>
    `\`${name}\` belongs to \`${policy}\`, which this policy does not use${
      hindered === null ? `. Say \`use ${policy}\` first.` : `, and which ${hindered}.`
    }`,
});
