import { defineDiagnostic } from "../diagnostic.ts";

export const missingPolicy = defineDiagnostic<[]>({
  code: "SCR1028",
  name: "missing-policy",
  severity: "error",
  summary: "A file that does not say which policy it belongs to",
  message: () =>
    "This file does not say which policy it belongs to. Begin it with `policy` and a name, such as `policy airline.know_me`.",
  docs: ``,
});
