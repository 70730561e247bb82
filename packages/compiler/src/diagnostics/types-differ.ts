import { defineDiagnostic } from "@scruple/syntax";

export const typesDiffer = defineDiagnostic<[left: string, right: string]>({
  code: "SCR3002",
  name: "types-differ",
  severity: "error",
  summary: "Two things of different types are compared.",
  docs: `A comparison has two sides of one type. Two one-of types are the same if they have the same values.

\`\`\`scruple bad
subject {
  age : int 0..130
  joined : date
}
condition odd = subject.age >= subject.joined
\`\`\`

\`\`\`scruple good
subject {
  age : int 0..130
  years_with_us : int 0..130
}
condition odd = subject.age >= subject.years_with_us
\`\`\`

Compare things of one type.`,
  message: (left, right) => `${left}, but ${right}, so these cannot be compared.`,
});
