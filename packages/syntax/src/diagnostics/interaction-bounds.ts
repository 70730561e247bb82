import { defineDiagnostic } from "../diagnostic.ts";

export const interactionBounds = defineDiagnostic<[message: string]>({
  code: "SCR1027",
  name: "interaction-bounds",
  severity: "error",
  summary: "The purposes and channels of an interaction",
  message: (message) => message,
  docs: ``,
});
