import { defineDiagnostic } from "@scruple/syntax";

export const tooComplex = defineDiagnostic<[why: string]>({
  code: "SCR4013",
  name: "too-complex",
  severity: "warning",
  summary: "So many facts meet in the conditions of an act that nothing can be said of it.",
  docs: `The analysis answers exactly or not at all. Where the conditions of rules that meet in one act depend on too many facts at once, it says so; guards decide all the same.

Let fewer conditions meet in one act, or split the longest. Nothing is said of the acts that these rules select together; all others are looked at as ever.`,
  message: (why) => why,
});
