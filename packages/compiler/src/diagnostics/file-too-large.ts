import { defineDiagnostic } from "@scruple/syntax";

export const fileTooLarge = defineDiagnostic<[megabytes: number, limit: number]>({
  code: "SCR8003",
  name: "file-too-large",
  severity: "error",
  summary: "A file is too large.",
  docs: `A policy of that size was hardly written by anybody. It is not read, and since it could hold denials, nothing is built beside it.

Split it: several files may belong to one policy.`,
  message: (megabytes, limit) =>
    `This file has ${megabytes} MB, and ${limit} MB is the most that is read. Split it: several files may belong to one policy.`,
});
