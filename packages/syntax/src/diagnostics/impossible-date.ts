import { defineDiagnostic } from "../diagnostic.ts";

export const impossibleDate = defineDiagnostic<[date: string, why: string]>({
  code: "SCR1010",
  name: "impossible-date",
  severity: "error",
  summary: "A date that is on no calendar",
  message: (date, why) => `\`${date}\` is no date: ${why}`,
  docs: ``,
});
