import { defineDiagnostic } from "@scruple/syntax";

/** Names of a cycle beyond these are counted, not listed. */
const listed = 40;

export const cycle = defineDiagnostic<[names: readonly string[], verb: string]>({
  code: "SCR2009",
  name: "cycle",
  severity: "error",
  summary: "A declaration leads back to itself.",
  docs: `Categories, purposes, recipients and channels lie within others, sources are derived from others, conditions are made of
others, and policies use others. None of these may lead back to where it began: nothing is a kind of its own kind.

\`\`\`scruple bad
purpose care within service
purpose service within care
\`\`\`

\`\`\`scruple good
purpose service
purpose care within service
\`\`\`

Take away one of the steps that the message lists. The one that says the less obvious thing is usually the mistake.`,
  message: (names, verb) => {
    const first = `\`${names[0]}\``;
    if (names.length === 1) return `${first} ${verb} itself. Take that away.`;
    const shown = names.length > listed ? names.slice(0, listed) : names;
    const steps = shown.map((name) => `\`${name}\``).join(" → ");
    const more = names.length > shown.length ? ` → ${names.length - shown.length} more` : "";
    return `${first} ${verb} itself, in a circle: ${steps}${more} → ${first}. Take one of the steps away.`;
  },
});
