import { defineDiagnostic } from "../diagnostic.ts";

export const unexpectedToken = defineDiagnostic<[expected: string, found: string]>({
  code: "SCR1001",
  name: "unexpected-token",
  severity: "error",
  summary: "Something else is expected here",
  message: (expected, found) => `Expected ${expected}, but found ${found}.`,
  docs: ``,
});
