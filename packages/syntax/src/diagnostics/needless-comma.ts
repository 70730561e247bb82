import { defineDiagnostic } from "../diagnostic.ts";

export const needlessComma = defineDiagnostic<[]>({
  code: "SCR1037",
  name: "needless-comma",
  severity: "error",
  summary: "A comma between things that follow each other without one",
  message: () => "There is no comma between fields, attributes and rules: they follow each other, each on its line.",
  docs: ``,
});
