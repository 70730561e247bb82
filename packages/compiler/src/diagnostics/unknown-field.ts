import { defineDiagnostic } from "@scruple/syntax";

export const unknownField = defineDiagnostic<[source: string, field: string, near: string | null]>({
  code: "SCR2006",
  name: "unknown-field",
  severity: "error",
  summary: "A source has no field of that name.",
  docs: `What a rule says about a field that does not exist, it says about nothing. Most often the field was renamed, or misspelt.

\`\`\`scruple bad
category preference
source bookings provided { seat : preference }
never_seat: deny disclose bookings.saet
\`\`\`

\`\`\`scruple good
category preference
source bookings provided { seat : preference }
never_seat: deny disclose bookings.seat
\`\`\`

Name one of the source's fields, or add the field to the source.`,
  message: (source, field, near) =>
    `The source \`${source}\` has no field \`${field}\`. ${near === null ? "Add it there, or name another field." : `Did you mean \`${near}\`?`}`,
});
