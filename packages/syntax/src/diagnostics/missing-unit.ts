import { defineDiagnostic } from "../diagnostic.ts";

export const missingUnit = defineDiagnostic<[count: string]>({
  code: "SCR1012",
  name: "missing-unit",
  severity: "error",
  summary: "A duration without its unit",
  message: (count) => `${count} of what? A duration is an integer and a unit, such as \`${count} days\`.`,
  docs: ``,
});
