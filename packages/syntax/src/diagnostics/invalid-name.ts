import { defineDiagnostic } from "../diagnostic.ts";

export const invalidName = defineDiagnostic<[name: string, why: string]>({
  code: "SCR1006",
  name: "invalid-name",
  severity: "error",
  summary: "A name with characters that names cannot hold",
  message: (name, why) => `\`${name}\` is not a name: ${why}`,
  docs: ``,
});
