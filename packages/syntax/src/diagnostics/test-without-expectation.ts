import { defineDiagnostic } from "../diagnostic.ts";

export const testWithoutExpectation = defineDiagnostic<[]>({
  code: "SCR1039",
  name: "test-without-expectation",
  severity: "error",
  summary: "A test that expects nothing.",
  docs: `A test that expects nothing passes whatever the policy decides, and looks in reports like one that checks something.

\`\`\`scruple bad
test "letters may be sent" {
  in letters for marketing on post
}
\`\`\`

\`\`\`scruple good
test "letters may be sent" {
  in letters for marketing on post
  expect allow use orders.address
}
\`\`\`

Say with \`expect allow\` or \`expect deny\` what the decision should be.`,
  message: () =>
    "This test expects nothing, so it could never fail. Add `expect allow` or `expect deny` and a request.",
});
