import { defineDiagnostic } from "../diagnostic.ts";

export const durationOutOfRange = defineDiagnostic<[duration: string, why: string]>({
  code: "SCR1013",
  name: "duration-out-of-range",
  severity: "error",
  summary: "A duration that cannot be.",
  docs: `Durations are counted in whole seconds, from none to 2^53-1.

\`\`\`scruple bad
letters: allow use contact when data.age < -1 days
\`\`\`

\`\`\`scruple good
letters: allow use contact when data.age < 1 day
\`\`\`

Choose a duration within those bounds.`,
  message: (duration, why) => `\`${duration}\` is no duration that can be used: ${why}`,
});
