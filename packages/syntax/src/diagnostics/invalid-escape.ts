import { defineDiagnostic } from "../diagnostic.ts";

export const invalidEscape = defineDiagnostic<[escape: string]>({
  code: "SCR1007",
  name: "invalid-escape",
  severity: "error",
  summary: "An escape that JSON strings do not have",
  message: (escape) =>
    `\`${escape}\` is no escape. Strings know \`\\\\\`, \`\\"\`, \`\\/\`, \`\\b\`, \`\\f\`, \`\\n\`, \`\\r\`, \`\\t\` and \`\\u\` with four hexadecimal digits.`,
  docs: ``,
});
