import { defineDiagnostic } from "../diagnostic.ts";

export const unexpectedToken = defineDiagnostic<[expected: string, found: string]>({
  code: "SCR1001",
  name: "unexpected-token",
  severity: "error",
  summary: "Something else belongs in this place.",
  docs: `A policy is read from left to right, and at each place only some things can follow. Here is none of them: mostly a name is
missing, a clause is half written, or two lists have grown together.

\`\`\`scruple bad
letters: allow use contact for on email
\`\`\`

\`\`\`scruple good
letters: allow use contact for marketing on email
\`\`\`

The message names what was expected and what is there instead. What follows the place is still read, so completion works
while you write on.`,
  message: (expected, found) => `Expected ${expected}, but found ${found}.`,
});
