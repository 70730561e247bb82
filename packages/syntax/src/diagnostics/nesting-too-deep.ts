import { defineDiagnostic } from "../diagnostic.ts";

export const nestingTooDeep = defineDiagnostic<[limit: number]>({
  code: "SCR1018",
  name: "nesting-too-deep",
  severity: "error",
  summary: "Parentheses, `except` and `not` nest too deeply",
  message: (limit) =>
    `This is nested deeper than ${limit} levels of parentheses, \`except\` and \`not\`, and is left out from here on. Give parts of it names with \`condition\`.`,
  docs: ``,
});
