import { defineDiagnostic } from "@scruple/syntax";

export const duplicateName = defineDiagnostic<[what: string, name: string, first: string]>({
  code: "SCR2001",
  name: "duplicate-name",
  severity: "error",
  summary: "Two declarations share a name.",
  docs: `A name has to mean one thing, or a rule that uses it could be read in two ways. Sources share their names with
categories. Interactions, rules outside them, channels and sources share one name space as well, because the path of a
rule begins with any of these.

\`\`\`scruple bad
purpose support
purpose support
\`\`\`

\`\`\`scruple good
purpose support
purpose technical_support within support
\`\`\`

Rename one of them, or remove it if both were meant to be the same.`,
  message: (what, name, first) =>
    what === first
      ? `\`${name}\` is already the name of ${what.replace(/^an? /, "another ")}. Rename one of them.`
      : `\`${name}\` is already the name of ${first}, and ${what} shares its name space. Rename one of them.`,
});
