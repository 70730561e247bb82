import { defineDiagnostic } from "../diagnostic.ts";

export const repeatedClause = defineDiagnostic<[clause: string, owner: string]>({
  code: "SCR1022",
  name: "repeated-clause",
  severity: "error",
  summary: "A clause that stands twice",
  message: (clause, owner) =>
    `\`${clause}\` stands twice in this ${owner}. Only the first counts; join the two or take one away.`,
  docs: ``,
});
