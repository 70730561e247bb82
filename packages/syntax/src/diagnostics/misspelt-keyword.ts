import { defineDiagnostic } from "../diagnostic.ts";

export const misspeltKeyword = defineDiagnostic<[found: string, meant: string]>({
  code: "SCR1020",
  name: "misspelt-keyword",
  severity: "error",
  summary: "A word that looks like a misspelt keyword",
  message: (found, meant) => `There is no \`${found}\` here; did you mean \`${meant}\`?`,
  docs: ``,
});
