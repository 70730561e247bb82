import { defineDiagnostic } from "@scruple/syntax";

export const ruleCancelled = defineDiagnostic<[path: string, by: string]>({
  code: "SCR4003",
  name: "rule-cancelled",
  severity: "warning",
  summary: "Denials cancel an allow entirely.",
  docs: `A denial always wins. This allow applies to some requests, and every one of them is denied: readers of the policy believe that something is allowed which never is.

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

  never: deny use contact
    because "We do not write."
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

Remove the allow, or give the denial an exception.`,
  message: (path, by) =>
    `\`${path}\` allows nothing: whatever it allows is denied${
      by === ""
        ? ""
        : ` by ${by
            .split(", ")
            .map((one) => `\`${one}\``)
            .join(", ")}`
    }.`,
});
