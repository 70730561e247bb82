import { defineDiagnostic } from "@scruple/syntax";

export const unknownSeverity = defineDiagnostic<[what: string, near: string | null]>({
  code: "SCR8004",
  name: "unknown-severity",
  severity: "error",
  summary: "The project's options name a diagnostic, or a severity, that does not exist.",
  docs: `An option that changes nothing looks as if it did: a finding believed to be an error would stay a warning.

Name a diagnostic by its code or name, as \`scruple rules\` lists them, and one of \`off\`, \`hint\`, \`info\`, \`warning\`, \`error\`.`,
  message: (what, near) =>
    `${what} ${near === null ? "`scruple rules` lists what there is." : `Did you mean \`${near}\`?`}`,
});
