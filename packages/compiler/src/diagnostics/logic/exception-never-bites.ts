import { defineDiagnostic } from "@scruple/syntax";

export const exceptionNeverBites = defineDiagnostic<[path: string]>({
  code: "SCR4008",
  name: "exception-never-bites",
  severity: "warning",
  summary: "An exception changes nothing.",
  docs: `The exception selects none of what its rule selects, or its condition never holds where the rule's does. Whoever reads it believes that something is spared, or is stopped, which is not.

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
purpose holidays
interaction letter started by customer {
  purposes service
  channels email

  post: allow use contact
    under contract
    told "We write to you about what you ordered."
    except for holidays
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
subject {
  age : int 0..130
}
interaction letter started by customer {
  purposes service
  channels email

  post: allow use contact
    under contract
    told "We write to you about what you ordered."
    except when subject.age < 18
}
\`\`\`

Correct what it selects, or remove it. The exceptions of a denial select narrowly: all that a request touches has to be named.`,
  message: (path) => `This exception changes nothing: \`${path}\` decides the same without it.`,
});
