import { defineDiagnostic } from "../diagnostic.ts";

export const noCalls = defineDiagnostic<[name: string]>({
  code: "SCR1032",
  name: "no-calls",
  severity: "error",
  summary: "A call of something else than `.contains`",
  message: (name) =>
    `\`${name}\` cannot be called. The only question with parentheses is \`.contains(value)\`, asked of a set.`,
  docs: ``,
});
