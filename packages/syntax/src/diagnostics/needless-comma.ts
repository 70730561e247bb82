import { defineDiagnostic } from "../diagnostic.ts";

export const needlessComma = defineDiagnostic<[]>({
  code: "SCR1037",
  name: "needless-comma",
  severity: "error",
  summary: "A comma between things that follow each other without one.",
  docs: `Commas part the elements of a list, such as the categories of one field. Fields, attributes, facts and rules are no lists.

\`\`\`scruple bad
subject {
  age    : int 0..130,
  member : bool
}
\`\`\`

\`\`\`scruple good
subject {
  age    : int 0..130
  member : bool
}
\`\`\`

Leave it out.`,
  message: () => "There is no comma between fields, attributes and rules: they follow each other, each on its line.",
});
