import { defineDiagnostic } from "../diagnostic.ts";

export const unclosed = defineDiagnostic<[close: string, what: string, found: string]>({
  code: "SCR1033",
  name: "unclosed",
  severity: "error",
  summary: "An opening brace or parenthesis without its closing one",
  message: (close, what, found) => `Expected \`${close}\` to close ${what}, but found ${found}.`,
  docs: ``,
});
