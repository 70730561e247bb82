import { defineDiagnostic } from "@scruple/syntax";

export const invalidOption = defineDiagnostic<[what: string]>({
  code: "SCR8005",
  name: "invalid-option",
  severity: "error",
  summary: "An option of the project has a value that it cannot have.",
  docs: `What cannot be read is not guessed at.

Correct the value in scruple.json, or leave it out.`,
  message: (what) => `${what}`,
});
