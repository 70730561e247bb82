import { defineDiagnostic } from "../diagnostic.ts";

export const keepConflict = defineDiagnostic<[]>({
  code: "SCR1030",
  name: "keep-conflict",
  severity: "error",
  summary: "`deleted by store` beside `except for`",
  message: () =>
    "`keep at most` is followed by `deleted by store` or by `except for`, not by both: what the store has deleted is there for no purpose.",
  docs: ``,
});
