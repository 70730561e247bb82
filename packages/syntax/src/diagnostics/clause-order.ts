import { defineDiagnostic } from "../diagnostic.ts";

export const clauseOrder = defineDiagnostic<[clause: string, before: string]>({
  code: "SCR1023",
  name: "clause-order",
  severity: "error",
  summary: "A clause in another place than its own",
  message: (clause, before) =>
    `\`${clause}\` belongs before \`${before}\`: what a rule selects comes first, then its conditions, then what follows from it, and \`except\` last.`,
  docs: ``,
});
