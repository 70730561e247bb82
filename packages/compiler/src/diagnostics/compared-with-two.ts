import { defineDiagnostic } from "@scruple/syntax";

export const comparedWithTwo = defineDiagnostic<[fact: string, other: string, partner: string]>({
  code: "SCR3013",
  name: "compared-with-two",
  severity: "error",
  summary: "An attribute or a fact is compared with two others.",
  docs: `Scruple answers every question about a policy exactly. It can, as long as each attribute or fact is compared with one other
at most, in all that a policy brings together: chains of comparisons would need a solver, and answers of which nobody
could say when they come.

\`\`\`scruple bad
subject {
  age : int 0..130
  years : int 0..130
  children : int 0..130
}
condition odd = subject.age >= subject.years and subject.age >= subject.children
\`\`\`

\`\`\`scruple good
subject {
  age : int 0..130
  years : int 0..130
  children : int 0..130
}
condition odd = subject.age >= subject.years and subject.children < 20
\`\`\`

Let the application find out one of the two, and hand it over as a fact of the type \`bool\`.`,
  message: (fact, other, partner) =>
    `\`${fact}\` is compared with \`${partner}\` already, so it cannot be compared with \`${other}\` too. Hand one of the two answers over as a \`bool\` fact.`,
});
