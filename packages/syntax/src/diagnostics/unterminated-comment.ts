import { defineDiagnostic } from "../diagnostic.ts";

export const unterminatedComment = defineDiagnostic<[]>({
  code: "SCR1004",
  name: "unterminated-comment",
  severity: "error",
  summary: "A comment without its end",
  message: () => "This comment is never closed. Everything after it is left out until there is a `*/`.",
  docs: ``,
});
