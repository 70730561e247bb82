import { defineDiagnostic } from "../diagnostic.ts";

export const emptyPromise = defineDiagnostic<[]>({
  code: "SCR1038",
  name: "empty-promise",
  severity: "error",
  summary: "A promise that promises nothing.",
  docs: `What customers were told is only kept if the policy says what it means. A promise of words alone would be proved whatever the
rules allow.

\`\`\`scruple bad
promise "We never sell your address." { }
\`\`\`

\`\`\`scruple good
promise "We never sell your address." {
  never disclose contact to partner
}
\`\`\`

Say with \`never\` or \`always allow\` what the words mean, or remove the promise.`,
  message: () =>
    "This promise says in words what it does not say in rules, so nothing would be proved. Add a line with `never` or `always allow`.",
});
