import { defineDiagnostic } from "../diagnostic.ts";

export const unknownWord = defineDiagnostic<[what: string, found: string, known: string, suggestion: string | null]>({
  code: "SCR1021",
  name: "unknown-word",
  severity: "error",
  summary: "A word that is none of those which can stand here",
  message: (what, found, known, suggestion) =>
    `\`${found}\` is no ${what}${suggestion === null ? `: it is one of ${known}.` : `; did you mean \`${suggestion}\`?`}`,
  docs: ``,
});
