import { defineDiagnostic } from "@scruple/syntax";

export const annotationArguments = defineDiagnostic<[name: string, example: string]>({
  code: "SCR3026",
  name: "annotation-arguments",
  severity: "error",
  summary: "An annotation has other arguments than it takes.",
  docs: `Reports and lints read the arguments of annotations. One of the wrong kind would say nothing to them.

\`\`\`scruple bad
@review("next year")
purpose loyalty
\`\`\`

\`\`\`scruple good
@review(2099-09-01)
purpose loyalty
\`\`\`

Write it as the message shows.`,
  message: (name, example) => `\`@${name}\` is not written like this. An example: \`${example}\`.`,
});
