import { defineDiagnostic } from "../diagnostic.ts";

export const foreignQuotes = defineDiagnostic<[]>({
  code: "SCR1015",
  name: "foreign-quotes",
  severity: "error",
  summary: 'A string in other quotes than `"`',
  message: () => 'Strings stand between `"` and `"`.',
  docs: ``,
});
