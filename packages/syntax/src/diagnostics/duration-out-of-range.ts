import { defineDiagnostic } from "../diagnostic.ts";

export const durationOutOfRange = defineDiagnostic<[duration: string, why: string]>({
  code: "SCR1013",
  name: "duration-out-of-range",
  severity: "error",
  summary: "A duration that cannot be",
  message: (duration, why) => `\`${duration}\` is no duration that can be used: ${why}`,
  docs: ``,
});
