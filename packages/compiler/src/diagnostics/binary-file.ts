import { defineDiagnostic } from "@scruple/syntax";

export const binaryFile = defineDiagnostic<[]>({
  code: "SCR8002",
  name: "binary-file",
  severity: "error",
  summary: "A file is no text.",
  docs: `A file with NUL characters is no text: perhaps it was given the wrong name, or saved as UTF-16. It is not read further, and since it could hold denials, nothing is built beside it.

Save it as UTF-8, or take it out of \`include\` in scruple.json.`,
  message: () => "This file is no text. Save it as UTF-8, or leave it out of `include` in scruple.json.",
});
