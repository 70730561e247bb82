import { defineDiagnostic } from "../diagnostic.ts";

export const emptyException = defineDiagnostic<[]>({
  code: "SCR1025",
  name: "empty-exception",
  severity: "error",
  summary: "An exception that says nothing",
  message: () =>
    "This exception says nothing, so it would take back the whole rule. Name the data, purpose, channel, recipient or condition that it is for.",
  docs: ``,
});
