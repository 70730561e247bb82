import { defineDiagnostic } from "@scruple/syntax";

export const unknownAttribute = defineDiagnostic<[name: string | null, near: string | null]>({
  code: "SCR2010",
  name: "unknown-attribute",
  severity: "error",
  summary: "A condition asks for an attribute that the subject does not have.",
  docs: `An attribute that no policy declares is never known, and a condition over it never helps an allow. The attributes are
those of every \`subject\` in the policy and in what it uses.

\`\`\`scruple bad
subject { age : int 0..130 }
condition adult = subject.agee >= 18
\`\`\`

\`\`\`scruple good
subject { age : int 0..130 }
condition adult = subject.age >= 18
\`\`\`

Correct the spelling, or declare the attribute in a \`subject\` block.`,
  message: (name, near) =>
    name === null
      ? "After `subject`, name one attribute: `subject.age`."
      : `The subject has no attribute \`${name}\`. ${near === null ? "Declare it in a `subject` block." : `Did you mean \`${near}\`?`}`,
});
