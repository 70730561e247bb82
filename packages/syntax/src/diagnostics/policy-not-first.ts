import { defineDiagnostic } from "../diagnostic.ts";

export const policyNotFirst = defineDiagnostic<[]>({
  code: "SCR1029",
  name: "policy-not-first",
  severity: "error",
  summary: "A policy header that is not the first thing in its file",
  message: () => "`policy` stands once in a file, before everything else.",
  docs: ``,
});
