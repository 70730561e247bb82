import { defineDiagnostic } from "../diagnostic.ts";

export const tooManyErrors = defineDiagnostic<[count: number]>({
  code: "SCR1035",
  name: "too-many-errors",
  severity: "error",
  summary: "More errors in one file than are worth showing.",
  docs: `Most of them follow from the first few.

Settle the first ones and look again.`,
  message: (count) =>
    `There are more than ${count} errors in this file; the rest are not shown. Settle the first ones and look again.`,
});
