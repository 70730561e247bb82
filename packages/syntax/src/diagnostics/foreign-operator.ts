import { defineDiagnostic } from "../diagnostic.ts";

export const foreignOperator = defineDiagnostic<[found: string, meant: string]>({
  code: "SCR1014",
  name: "foreign-operator",
  severity: "error",
  summary: "An operator of another language",
  message: (found, meant) => `There is no \`${found}\` in Scruple; write \`${meant}\`.`,
  docs: ``,
});
