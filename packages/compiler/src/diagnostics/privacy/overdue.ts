import { defineDiagnostic } from "@scruple/syntax";

export const overdue = defineDiagnostic<[what: string, kind: string, date: string]>({
  code: "SCR5016",
  name: "overdue",
  severity: "warning",
  summary: "A review, or the end of something, is past.",
  docs: `A \`@review\` is a promise to look again, and an \`until\` that is past leaves rules that do nothing.

Look again and set a new date, or remove what has ended.`,
  message: (what, kind, date) =>
    kind === "review"
      ? `\`${what}\` was to be reviewed by ${date}. Look again, and set a new date.`
      : `\`${what}\` ended on ${date}. Remove it, or set a new date.`,
});
