import { defineDiagnostic } from "../diagnostic.ts";

export const decimalNumber = defineDiagnostic<[number: string]>({
  code: "SCR1017",
  name: "decimal-number",
  severity: "error",
  summary: "A number with a fraction",
  message: (number) =>
    `${number} has a fraction, and Scruple counts in whole numbers only. Choose a smaller unit, so that the number becomes whole.`,
  docs: ``,
});
