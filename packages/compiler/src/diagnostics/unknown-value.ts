import { defineDiagnostic } from "@scruple/syntax";

export const unknownValue = defineDiagnostic<[name: string, of: string, type: string, near: string | null]>({
  code: "SCR3003",
  name: "unknown-value",
  severity: "error",
  summary: "A name is none of a type's values.",
  docs: `What a type does not list can never be the case, so a comparison with it would be false for everybody.

\`\`\`scruple bad
subject { region : eu | uk | us }
condition european = subject.region = europe
\`\`\`

\`\`\`scruple good
subject { region : eu | uk | us }
condition european = subject.region = eu
\`\`\`

Name one of the values, or add this one to the type.`,
  message: (name, of, type, near) =>
    `\`${name}\` is no value of \`${of}\`, which is ${type}. ${near === null ? "Add it there, or name one of these." : `Did you mean \`${near}\`?`}`,
});
