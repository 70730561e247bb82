import { defineDiagnostic } from "@scruple/syntax";

export const promiseBroken = defineDiagnostic<[verdict: string, example: string, rules: readonly string[]]>({
  code: "SCR6001",
  name: "promise-broken",
  severity: "error",
  summary: "A promise to customers can be broken.",
  docs: `A promise is proved for every request that there can be, or shown to be broken by one. Here is such a request: the rules that decide it are named.

\`\`\`scruple bad
recipient customer
channel email reaches customer
purpose service
category contact
source people provided
  collected for service
  keep at most 1 year deleted by store
{
  address : contact
}
interaction letter started by customer {
  purposes service
  channels email

  post: allow use contact
    under contract
    told "We write to you about what you ordered."
}
promise "We do not use your address." {
  never use contact
}
\`\`\`

\`\`\`scruple good
recipient customer
channel email reaches customer
purpose service
category contact
source people provided
  collected for service
  keep at most 1 year deleted by store
{
  address : contact
}
interaction letter started by customer {
  purposes service
  channels email

  post: allow use contact
    under contract
    told "We write to you about what you ordered."
}
promise "We show your address to nobody." {
  never disclose contact
}
\`\`\`

Change the rules that let it through, add a denial, or promise less, with \`when\` or \`unless\`. What an interaction is not for is denied without being asked, so \`always allow\` speaks of requests within the bounds of interactions.`,
  message: (verdict, example, rules) =>
    `This promise can be broken: ${example} is ${verdict === "allow" ? "allowed" : "denied"}${rules.length === 0 ? ", since no rule allows it" : ` by ${rules.map((rule) => `\`${rule}\``).join(", ")}`}.`,
});
