import { defineDiagnostic } from "../diagnostic.ts";

export const clauseNotAllowed = defineDiagnostic<[clause: string, owner: string, where: string]>({
  code: "SCR1024",
  name: "clause-not-allowed",
  severity: "error",
  summary: "A clause that its rule cannot have",
  message: (clause, owner, where) => `\`${clause}\` cannot stand in ${owner}. ${where}`,
  docs: ``,
});
