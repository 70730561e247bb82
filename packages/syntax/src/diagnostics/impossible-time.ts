import { defineDiagnostic } from "../diagnostic.ts";

export const impossibleTime = defineDiagnostic<[time: string, why: string]>({
  code: "SCR1011",
  name: "impossible-time",
  severity: "error",
  summary: "A time that no clock shows",
  message: (time, why) => `\`${time}\` is no time of day: ${why}`,
  docs: ``,
});
