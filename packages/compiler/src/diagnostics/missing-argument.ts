import { defineDiagnostic } from "@scruple/syntax";

export const missingArgument = defineDiagnostic<[duty: string, missing: readonly string[]]>({
  code: "SCR3014",
  name: "missing-argument",
  severity: "error",
  summary: "A duty is not given all of its parameters.",
  docs: `Whoever fulfils a duty has to know what exactly is asked. There are no defaults.

\`\`\`scruple bad
category contact
duty remind(days : int)
letters: allow use contact then remind
\`\`\`

\`\`\`scruple good
category contact
duty remind(days : int)
letters: allow use contact then remind(days = 3)
\`\`\`

Give each parameter a value.`,
  message: (duty, missing) =>
    `The duty \`${duty}\` needs ${missing.map((name) => `\`${name}\``).join(" and ")} as well: write \`${duty}(${missing.map((name) => `${name} = …`).join(", ")})\`.`,
});
