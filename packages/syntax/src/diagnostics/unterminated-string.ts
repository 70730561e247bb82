import { defineDiagnostic } from "../diagnostic.ts";

export const unterminatedString = defineDiagnostic<[]>({
  code: "SCR1003",
  name: "unterminated-string",
  severity: "error",
  summary: "A string without its closing quote",
  message: () =>
    'This string has no closing `"` before the line ends. A string stays on one line; write a line break as `\\n`.',
  docs: ``,
});
