import { defineDiagnostic } from "../diagnostic.ts";

export const unmatched = defineDiagnostic<[mark: string]>({
  code: "SCR1036",
  name: "unmatched",
  severity: "error",
  summary: "A closing brace or parenthesis without an opening one",
  message: (mark) => `This \`${mark}\` closes nothing. Take it away, or open what it should close.`,
  docs: ``,
});
