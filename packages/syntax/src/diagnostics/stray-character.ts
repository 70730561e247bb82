import { defineDiagnostic } from "../diagnostic.ts";

export const strayCharacter = defineDiagnostic<[text: string, hint: string]>({
  code: "SCR1002",
  name: "stray-character",
  severity: "error",
  summary: "A character that begins nothing in the language",
  message: (text, hint) => `${text} means nothing here. ${hint}`,
  docs: ``,
});
