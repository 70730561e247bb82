import { defineDiagnostic } from "../diagnostic.ts";

export const impossibleTime = defineDiagnostic<[time: string, why: string]>({
  code: "SCR1011",
  name: "impossible-time",
  severity: "error",
  summary: "A time that no clock shows.",
  docs: `Times are hours from 00 to 23 and minutes from 00 to 59, always with two digits.

\`\`\`scruple bad
channel sms reaches customer quiet 21:00..24:00
\`\`\`

\`\`\`scruple good
channel sms reaches customer quiet 21:00..23:59
\`\`\`

Write a time of day. A range may go past midnight, as in \`21:00..07:00\`.`,
  message: (time, why) => `\`${time}\` is no time of day: ${why}`,
});
