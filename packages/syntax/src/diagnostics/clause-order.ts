import { defineDiagnostic } from "../diagnostic.ts";

export const clauseOrder = defineDiagnostic<[clause: string, before: string, order: string]>({
  code: "SCR1023",
  name: "clause-order",
  severity: "error",
  summary: "A clause in another place than its own",
  message: (clause, before, order) => `\`${clause}\` belongs before \`${before}\`: ${order}.`,
  docs: ``,
});
