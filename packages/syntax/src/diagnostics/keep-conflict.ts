import { defineDiagnostic } from "../diagnostic.ts";

export const keepConflict = defineDiagnostic<[]>({
  code: "SCR1030",
  name: "keep-conflict",
  severity: "error",
  summary: "`deleted by store` stands beside `except for`.",
  docs: `Either the store deletes the data in time, and it is gone for every purpose; or it stays, and a purpose may be excepted.

\`\`\`scruple bad
source orders provided
  keep at most 1 year deleted by store except for accounting
{
  address : contact
}
\`\`\`

\`\`\`scruple good
source orders provided
  keep at most 1 year except for accounting
{
  address : contact
}
\`\`\`

Keep the one that describes your store.`,
  message: () =>
    "`keep at most` is followed by `deleted by store` or by `except for`, not by both: what the store has deleted is there for no purpose.",
});
