import { defineDiagnostic } from "@scruple/syntax";

export const conflictingTypes = defineDiagnostic<[what: string, name: string, other: string, first: string]>({
  code: "SCR3012",
  name: "conflicting-types",
  severity: "error",
  summary: "Two policies that come together give one name different types.",
  docs: `Attributes and facts are merged by name over all policies that one uses: a request carries each of them once. With two
types, a value that is right for one policy would be unknown to the other.

\`\`\`scruple bad
policy shop.offers
use shop.people
subject { age : text }
//- people.scruple
policy shop.people
subject { age : int 0..130 }
\`\`\`

\`\`\`scruple good
policy shop.offers
use shop.people
subject { age : int 0..130 }
//- people.scruple
policy shop.people
subject { age : int 0..130 }
\`\`\`

Give both the same type, or rename one of them.`,
  message: (what, name, other, first) =>
    `\`${name}\` is ${what} in both \`${first}\` and \`${other}\`, but their types differ. Give both the same type, or rename one.`,
});
