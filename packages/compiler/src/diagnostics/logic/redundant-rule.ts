import { defineDiagnostic } from "@scruple/syntax";

export const redundantRule = defineDiagnostic<[path: string, by: string]>({
  code: "SCR4004",
  name: "redundant-rule",
  severity: "warning",
  summary: "Nothing would be decided otherwise without this allow.",
  docs: `Other allows allow the same, with the same duties, basis and words to the customer. Two rules for one thing drift apart when one of them is changed.

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

  again: allow use people.address
    under contract
    told "We write to you about what you ordered."
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
\`\`\`

Delete it, unless it stands there to be changed soon. Where a test names it, or names a later rule by its number, change the test as well: no
fix does that.`,
  message: (path, by) =>
    `\`${path}\` changes no decision: ${
      by === ""
        ? "it adds nothing"
        : `${by
            .split(", ")
            .map((one) => `\`${one}\``)
            .join(", ")} allow${by.includes(",") ? "" : "s"} the same, with the same duties, basis and words`
    }.`,
});
