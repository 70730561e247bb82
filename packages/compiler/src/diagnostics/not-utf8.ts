import { defineDiagnostic } from "@scruple/syntax";

export const notUtf8 = defineDiagnostic<[]>({
  code: "SCR8001",
  name: "not-utf8",
  severity: "error",
  summary: "A file is not UTF-8.",
  docs: `Policies are UTF-8 text. Bytes that are not would have to be guessed at, and a guess in a name could let a rule speak of
something else.

Save the file as UTF-8. Editors show the encoding in their status bar.`,
  message: () => "This is not UTF-8 from here on. Save the file as UTF-8.",
});
