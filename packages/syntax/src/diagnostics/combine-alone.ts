import { defineDiagnostic } from "../diagnostic.ts";

export const combineAlone = defineDiagnostic<[]>({
  code: "SCR1026",
  name: "combine-alone",
  severity: "error",
  summary: "`with` beside another operation than `combine`",
  message: () =>
    "`with` names what data is combined with, so the only operation beside it is `combine`. Write the other operations in a rule of their own.",
  docs: ``,
});
