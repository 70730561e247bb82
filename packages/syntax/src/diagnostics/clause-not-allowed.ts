import { defineDiagnostic } from "../diagnostic.ts";

export const clauseNotAllowed = defineDiagnostic<[clause: string, owner: string, where: string]>({
  code: "SCR1024",
  name: "clause-not-allowed",
  severity: "error",
  summary: "A clause that its rule cannot have.",
  docs: `A denial needs no legal basis and has no duties; an allow sets no limit; a promise and an exception only select and set conditions.
A clause that means nothing would still be read as if it did.

\`\`\`scruple bad
no_letters: deny use contact under consent
\`\`\`

\`\`\`scruple good
no_letters: deny use contact unless consent
\`\`\`

Say it with a clause that fits: the message says why this one does not.`,
  message: (clause, owner, where) => `\`${clause}\` cannot stand in ${owner}. ${where}`,
});
