import { defineDiagnostic } from "../diagnostic.ts";

export const chainedComparison = defineDiagnostic<[]>({
  code: "SCR1019",
  name: "chained-comparison",
  severity: "error",
  summary: "A comparison of a comparison",
  message: () => "Comparisons do not chain. Compare twice and join the two with `and`.",
  docs: ``,
});
