import { defineDiagnostic } from "../diagnostic.ts";

export const invalidEscape = defineDiagnostic<[found: string]>({
  code: "SCR1007",
  name: "invalid-escape",
  severity: "error",
  summary: "An escape that JSON strings do not have",
  message: (found) =>
    `\`${found}\` is no escape. Strings know \`\\\\\`, \`\\"\`, \`\\/\`, \`\\b\`, \`\\f\`, \`\\n\`, \`\\r\`, \`\\t\` and \`\\u\` with four hexadecimal digits.`,
  docs: ``,
});
