import { defineDiagnostic } from "../diagnostic.ts";

export const unterminatedName = defineDiagnostic<[]>({
  code: "SCR1005",
  name: "unterminated-name",
  severity: "error",
  summary: "A quoted name without its closing backtick",
  message: () => "This name begins with a backtick and needs another one at its end.",
  docs: ``,
});
