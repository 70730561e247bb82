import { defineDiagnostic } from "../diagnostic.ts";

export const integerOutOfRange = defineDiagnostic<[digits: string]>({
  code: "SCR1009",
  name: "integer-out-of-range",
  severity: "error",
  summary: "An integer beyond what can be counted exactly",
  message: (digits) =>
    `${digits} is too large: integers go from -(2^53-1) to 2^53-1, where every one of them is exact.`,
  docs: ``,
});
