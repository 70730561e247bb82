import { defineDiagnostic } from "@scruple/syntax";

export const ambiguousName = defineDiagnostic<[name: string, ids: readonly string[]]>({
  code: "SCR2003",
  name: "ambiguous-name",
  severity: "error",
  summary: "A name could mean two things.",
  docs: `A policy's own names come first. A name that two of the policies it uses declare has to say which is meant: picking
one silently could let data flow that the other would have held back.

\`\`\`scruple bad
policy shop.reminders
use shop.letters
use shop.messages
purpose service
interaction reminder {
  purposes service
  channels notice
}
//- letters.scruple
policy shop.letters
recipient customer
channel notice reaches customer
//- messages.scruple
policy shop.messages
recipient customer
channel notice reaches customer
\`\`\`

\`\`\`scruple good
policy shop.reminders
use shop.letters
use shop.messages
purpose service
interaction reminder {
  purposes service
  channels shop.messages.notice
}
//- letters.scruple
policy shop.letters
recipient customer
channel notice reaches customer
//- messages.scruple
policy shop.messages
recipient customer
channel notice reaches customer
\`\`\`

Write the policy's name before it.`,
  message: (name, ids) =>
    `\`${name}\` could mean ${ids.map((id) => `\`${id}\``).join(" or ")}. Write the whole name of the one you mean.`,
});
