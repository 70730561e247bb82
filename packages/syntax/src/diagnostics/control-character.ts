import { defineDiagnostic } from "../diagnostic.ts";

export const controlCharacter = defineDiagnostic<[character: string]>({
  code: "SCR1008",
  name: "control-character",
  severity: "error",
  summary: "A control character inside a string",
  message: (character) => `A string cannot hold the control character ${character} itself. Write it as an escape.`,
  docs: ``,
});
