import { defineDiagnostic } from "../diagnostic.ts";

export const needlessSemicolon = defineDiagnostic<[]>({
  code: "SCR1016",
  name: "needless-semicolon",
  severity: "error",
  summary: "A semicolon",
  message: () => "Nothing ends with a semicolon here; leave it out.",
  docs: ``,
});
