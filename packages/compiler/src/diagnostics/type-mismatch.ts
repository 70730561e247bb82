import { defineDiagnostic } from "@scruple/syntax";

export const typeMismatch = defineDiagnostic<[needed: string, found: string]>({
  code: "SCR3001",
  name: "type-mismatch",
  severity: "error",
  summary: "A value has another type than is needed.",
  docs: `Facts and attributes have types, and a value beside one has to be of its type. A request that carries a value of the
wrong type is answered as if the value were unknown; in a policy it is a mistake.

\`\`\`scruple bad
condition evening = local_time >= "18:00"
\`\`\`

\`\`\`scruple good
condition evening = local_time >= 18:00
\`\`\`

Write a value of the type. Times, dates and one-of values stand without quotes, durations have a unit.`,
  message: (needed, found) => `${needed}, but this is ${found}.`,
});
