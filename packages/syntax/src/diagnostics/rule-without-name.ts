import { defineDiagnostic } from "../diagnostic.ts";

export const ruleWithoutName = defineDiagnostic<[]>({
  code: "SCR1034",
  name: "rule-without-name",
  severity: "error",
  summary: "A rule outside interactions without a name",
  message: () =>
    "A rule outside interactions holds in every one of them, and needs a name to be told by: write `name:` before it.",
  docs: ``,
});
